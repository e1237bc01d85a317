"""The criteria of Permen PUPR 14/PRT/M/2018: seven aspects, sixteen criteria. Pure data.

The printed score bands leave gaps between whole percentages; here each extends to the next.
"""

from areas.rules.edition import Base, Edition, SlumClass, aspect
from kotaku.interface.abbreviations import spelled_out

_ROADS = "jalan beton, paving, aspal, jembatan"
_WATER = "sambungan rumah, sumur bor, hidran umum"
_SEWAGE = spelled_out("jamban, tangki septik komunal, IPAL, MCK")
_WASTE = spelled_out("gerobak atau motor sampah, TPS 3R, komposter")

_ASPECTS = (
    aspect(
        1,
        "Bangunan gedung",
        (
            "building_irregularity",
            "Ketidakteraturan bangunan",
            "Bangunan yang letak dan hadapnya tidak teratur",
            Base.BUILDINGS,
            "rumah deret, penataan jalan",
        ),
        (
            "building_density_ha",
            "Kepadatan bangunan",
            (
                "Luas bagian dengan lebih dari 200 unit/Ha (kota sedang dan kecil) atau lebih dari "
                "250 unit/Ha (kota metropolitan dan besar)"
            ),
            Base.AREA,
            "rumah deret, penataan jalan",
        ),
        (
            "building_nonconformity",
            "Ketidaksesuaian persyaratan teknis bangunan",
            "Bangunan yang atap, lantai, atau dindingnya tidak layak",
            Base.BUILDINGS,
            "rehab rumah tidak layak huni",
        ),
    ),
    aspect(
        2,
        "Jalan lingkungan",
        (
            "road_uncovered_m",
            "Cakupan pelayanan jalan lingkungan",
            "Panjang yang belum terlayani jalan lingkungan",
            Base.ROAD,
            _ROADS,
        ),
        (
            "road_damaged_m",
            "Kualitas permukaan jalan lingkungan",
            "Panjang jalan yang permukaannya rusak",
            Base.ROAD,
            _ROADS,
        ),
    ),
    aspect(
        3,
        "Air minum",
        (
            "water_no_access",
            "Ketersediaan akses aman air minum",
            "KK tanpa akses air minum yang aman",
            Base.HOUSEHOLDS,
            _WATER,
        ),
        (
            "water_shortage",
            "Tidak terpenuhinya kebutuhan air minum",
            "KK yang kebutuhan air minumnya, 60 liter per orang per hari, tidak terpenuhi",
            Base.HOUSEHOLDS,
            _WATER,
        ),
    ),
    aspect(
        4,
        "Drainase lingkungan",
        (
            "drainage_flooded_ha",
            "Ketidakmampuan mengalirkan limpasan air",
            (
                "Luas genangan yang tingginya lebih dari 30 cm, selama lebih dari 2 jam, dan terjadi "
                "lebih dari 2 kali setahun"
            ),
            Base.AREA,
            "drainase, gorong-gorong, sumur resapan, tanggul",
        ),
        (
            "drainage_missing_m",
            "Ketidaktersediaan drainase",
            "Panjang drainase yang belum tersedia",
            Base.DRAINAGE,
            "drainase, normalisasi",
        ),
        (
            "drainage_poor_m",
            "Kualitas konstruksi drainase",
            "Panjang drainase yang konstruksinya buruk",
            Base.DRAINAGE,
            "drainase, normalisasi",
        ),
    ),
    aspect(
        5,
        "Pengelolaan air limbah",
        (
            "sewage_system",
            "Sistem air limbah tidak sesuai standar teknis",
            "KK yang sistem air limbahnya tidak sesuai standar",
            Base.HOUSEHOLDS,
            _SEWAGE,
        ),
        (
            "sewage_facilities",
            "Prasarana air limbah tidak sesuai persyaratan teknis",
            "KK yang prasarana air limbahnya tidak sesuai persyaratan",
            Base.HOUSEHOLDS,
            _SEWAGE,
        ),
    ),
    aspect(
        6,
        "Pengelolaan persampahan",
        (
            "waste_facilities",
            "Prasarana persampahan tidak sesuai persyaratan teknis",
            "KK yang prasarana persampahannya tidak sesuai persyaratan",
            Base.HOUSEHOLDS,
            _WASTE,
        ),
        (
            "waste_system",
            "Sistem persampahan tidak sesuai standar teknis",
            "KK yang sistem persampahannya tidak sesuai standar",
            Base.HOUSEHOLDS,
            _WASTE,
        ),
    ),
    aspect(
        7,
        "Proteksi kebakaran",
        (
            "fire_infrastructure",
            "Ketidaktersediaan prasarana proteksi kebakaran",
            "Bangunan tanpa prasarana proteksi kebakaran",
            Base.BUILDINGS,
            "pasokan air, jalan akses",
        ),
        (
            "fire_equipment",
            "Ketidaktersediaan sarana proteksi kebakaran",
            "Bangunan tanpa sarana proteksi kebakaran",
            Base.BUILDINGS,
            spelled_out("APAR, motor pemadam"),
        ),
    ),
)
PERMEN_14_2018 = Edition(
    key="permen-14-2018",
    regulation="Permen PUPR 14/PRT/M/2018",
    short_name="Permen PUPR 14/2018",
    aspects=_ASPECTS,
    bands=((76, 5), (51, 3), (25, 1)),
    classes=((60, SlumClass.HEAVY), (38, SlumClass.MEDIUM), (16, SlumClass.LIGHT)),
)
