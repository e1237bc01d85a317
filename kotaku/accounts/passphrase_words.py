"""The words of generated passphrases: short, everyday, and hard to mishear. Pure."""

_TEXT = """
    abadi acara adat adil agung ajaib akar akrab aktif aliran alun aman ampuh anak anggun anggur
    angin angka angsa antar anyam apel apung arang arti arus asah asam asap asing asli asri atap
    atlas atur awan awet ayam ayun badak badan bagus bahan bahu baja bajak baju bakau baki bakso
    bakti balai balok balon bambu banding bangau bangku bantal banyak barat baris baru batang
    batik batu bawang bayam bayang bebek bekal belajar belang beli belut benang bening benih
    bensin bentuk beras beres berkas bersih besar besi betah betul biara biasa bibit bidang bihun
    bijak biji bilik bimbing bina bintang biru bisik bocah bola bolu boneka botol buah bubur budi
    bugar buih bukit buku bulan bulat bulu bumbu bumi bunga bungsu buruh burung busur butir cabai
    cabang cahaya cakap camar campur candi cangkir cantik cantum cara cari catat catur celana
    cemara cendana cengkih cepat cerah cerdas ceri cermat cermin cerita cicak cincin cinta cipta
    citra coba cokelat colek contoh corak cuaca cukup curah daftar dagang dahan daki damai danau
    dapur darat dasar dasi datang datar daun dekat delima delman denah depan derap deras desa
    diam didik dingin dinding dokter domba dongeng dorong duduk duku dunia durian ekor
    elang elok emas ember embun emping empuk enam enau encer engsel erat esok fajar foto gabus
    gading gagah gajah galah gambar gamelan ganda ganjil garam garis garpu garuda gaul gaya
    gayung gedung gelang gelar gelas gema gemar gembira gempita genap gendang genteng gerak
    gerbang gergaji gerimis gesit giat gigih giling giring gitar goreng gotong guci gudang
    gula gulai gulung gunung guru gurih hadiah hadir hafal halaman halus hangat hari harga harum
    hasil hasta hebat helai hemat hening heran hias hidup hijau hikmah hitam hitung hormat hujan
    hulu hutan ibarat ijuk ikan ikat iklan ilmu imbang indah induk ingat inti irama iring isian
    istana jagung jahe jahit jaket jala jalan jalur jambu jamu janji jantung jarak jarang jari
    jarum jasa jati jauh jawab jelas jembatan jempol jendela jenis jeruk jingga joget joran
    juang juara judul jujur jumpa juru kabar kabel kaca kacang kado kagum kain kaki kaktus kaleng
    kali kalung kamar kambing kamus kanan kancil kandang kantor kapal kapas kapur karang karet
    karib kartu karya karung kasih kasir kasur kata kayu kebun kecap kecil kedai kejar kelapa
    keliling keluar kemas kembang kemiri kencang kendi kenari kental kerang keras kereta
    kerja kertas ketan ketupat kiri kirim klasik kompas koper kopi koran kota kotak kuali kuas
    kuat kubis kucing kuda kue kuku kulit kumpul kunang kuning kunyit kupas kupu kura kurma kursi
    kutub labu lada ladang laju lakon lama lambat lampu lancar langit langkah lantai lapang
    lari laris lauk laut layak layang layar lebah lebar lebat lekas lembut lempar lengkap lentur
    lereng lestari lidi lihat lilin limau lincah lingkar lintas lomba lompat loncat lontar luar
    luas lucu lukis lumba lumbung lurus lusin mahir main makan makmur malam manfaat mangga manis
    masak masuk matang megah meja mekar melati melon menang menara merah merak merdu
    mesra mesin milik minum minyak mirip mobil muda mudah muka mulai mulia muncul murah murid
    musik musim naik nanas nangka nasi niaga nikmat nilai nomor nyala nyaman nyaring obat
    obor olah oleh ombak orang padat padi pagar pagi paham pahat pakai paku palem panah panas
    pandai pandan panen panggung pantai pantun papan pasar pasir patuh patung payung pecah
    pedas pedoman pelangi pelita pena pendek penuh penyu pepaya perahu perak peran permata
    pesan pesawat pesta petai petani petik piala pikir pilih pindah pintar pintu pipa piring
    pisang pohon polos pondok potong prakarsa puas puisi pukul pulang pulau puncak pundak
    putar putih putri radio ragam rajin rajut rakit rambut ramah ramai rangkai rantai rapat rapi
    rasa rata rawat raya rebana rebung redup regu rekan rela rempah renang renda rendang resep
    restu riang rias rimba rimbun rindang ringan rintis roda rotan roti ruang rukun rumah rumput
    runcing rusa sabar sabuk sabun sagu sahabat saji saku salak salam salin sama sambal sambut
    sampan sandal santai santan santun sapa sapi sapu saraf sarung sasaran satria sawah sawi
    sawit sayap sayur sedap sedia segar segera sehat sejuk sekolah selada selam selaras selasih
    selat semai semangka semar semut senang senja senyum sepatu sepeda serabi serai
    serasi serbuk seri seruling setia siaga siang siap sikat silang simak simpan simpul singa
    singkong sinar siram sirih siswa situs suara suasana subuh subur sudut suka sulam suluh
    sumber sumur sungai surat surya susu susun sutra taat tabung tahan tahu tajam takar taman
    tambah tampil tanah tanam tanda tangga tangkas tanjung tapak tari tarik tauge teduh tegak
    tegar tekad tekun telaga telur teman tembok tempat tempe tenang tenda tengah tenun tepat tepi
    terang terbang teras terbit terong terus tikar timba timbul timun timur tinggi tinta tipis
    titik tiup toko tolong tomat topi tugas tugu tuju tulis tulus tumbuh tumpeng tunas tunggal
    turun tutup ubah ubin ucap udang udara ujung ukir ukur ulang ulas umbi umum undang ungu unik
    untai upaya urai urut usaha usia utama utara utuh wajan wajar waktu wangi warga warna warta
    warung wayang wijen wisata wortel wujud yakin yoyo zaitun zaman
"""
WORDS = tuple(sorted(set(_TEXT.split())))
