"""Places of China by the names that rule records use: what a Chinese reader calls them."""

from __future__ import annotations

from lingtan.wording import Words

COUNTRIES: dict[str, Words] = {"CN": Words("China", "中国"), "DE": Words("Germany", "德国")}
"""Countries by their ISO 3166 code."""

PROVINCES: dict[str, str] = {
    "anhui": "安徽省",
    "beijing": "北京市",
    "chongqing": "重庆市",
    "fujian": "福建省",
    "gansu": "甘肃省",
    "guangdong": "广东省",
    "guangxi": "广西壮族自治区",
    "guizhou": "贵州省",
    "hainan": "海南省",
    "hebei": "河北省",
    "heilongjiang": "黑龙江省",
    "henan": "河南省",
    "hubei": "湖北省",
    "hunan": "湖南省",
    "inner mongolia": "内蒙古自治区",
    "jiangsu": "江苏省",
    "jiangxi": "江西省",
    "jilin": "吉林省",
    "liaoning": "辽宁省",
    "ningxia": "宁夏回族自治区",
    "qinghai": "青海省",
    "shaanxi": "陕西省",
    "shandong": "山东省",
    "shanghai": "上海市",
    "shanxi": "山西省",
    "sichuan": "四川省",
    "tianjin": "天津市",
    "tibet": "西藏自治区",
    "xinjiang": "新疆维吾尔自治区",
    "yunnan": "云南省",
    "zhejiang": "浙江省",
}
"""Provinces, in lower case."""

PREFECTURES: dict[tuple[str, str], str] = {
    ("sichuan", name): chinese
    for name, chinese in {
        "aba": "阿坝藏族羌族自治州",
        "bazhong": "巴中市",
        "chengdu": "成都市",
        "dazhou": "达州市",
        "deyang": "德阳市",
        "ganzi": "甘孜藏族自治州",
        "guangan": "广安市",
        "guangyuan": "广元市",
        "leshan": "乐山市",
        "liangshan": "凉山彝族自治州",
        "luzhou": "泸州市",
        "meishan": "眉山市",
        "mianyang": "绵阳市",
        "nanchong": "南充市",
        "neijiang": "内江市",
        "panzhihua": "攀枝花市",
        "suining": "遂宁市",
        "yaan": "雅安市",
        "yibin": "宜宾市",
        "zigong": "自贡市",
        "ziyang": "资阳市",
    }.items()
}
"""Prefecture-level places by province, both in lower case; those of other provinces keep the name that the park file has."""


def place_words(country: str, province: str | None, prefecture: str | None) -> Words:
    """A place as a reader writes it: small to large in English, large to small in Chinese.

    >>> place_words("CN", "Sichuan", "Yibin")
    Words(en='Yibin, Sichuan, China', zh='四川省宜宾市')
    >>> place_words("CN", "Jiangsu", "Wuxi").zh, place_words("FR", None, None).zh
    ('江苏省 Wuxi', 'FR')
    """
    whole = COUNTRIES.get(country, Words(country, country))
    parts = [part for part in (prefecture, province, whole.en) if part]
    if province is None:
        return Words(", ".join(parts), whole.zh if prefecture is None else f"{whole.zh} {prefecture}")
    chinese = PROVINCES.get(province.casefold()) if country == "CN" else None
    if chinese is None:
        return Words(", ".join(parts), " ".join(part for part in (whole.zh, province, prefecture) if part))
    city = "" if prefecture is None else PREFECTURES.get((province.casefold(), prefecture.casefold()), f" {prefecture}")
    return Words(", ".join(parts), chinese + city)
