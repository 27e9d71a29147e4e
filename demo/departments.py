"""The 69 departments: 42 of the district, three in each of its nine subdistricts."""

OF_THE_DISTRICT = """
party         区委组织部 区委宣传部 区委社会工作部 区工商联 团区委 区总工会
law           区委政法委 区司法局 区信访局
governance    区住建局 区房屋征收中心 区行政审批局 区财政局 区审计局 区统计局 区机关事务中心 区数据局 区税务局
jobs          区人社局 区发改委 区工信局 区商务局 区科技局 区科协
children      区教育局 区妇联
care          区民政局 区残联 区退役军人局
health        区卫健局 区医保局 区红十字会
culture       区文旅体育局 区文联
environment   区城管局 区生态环境分局 区自然资源分局
safety        区公安分局 区应急管理局 区消防救援大队
meals         区市场监管局
parking       区交通局
"""
OF_A_SUBDISTRICT = {"派出所": "safety", "司法所": "law", "市场监管所": "meals"}


def of_the_district() -> list[tuple[str, str]]:
    """(name, category) of each."""
    lines = [line.split() for line in OF_THE_DISTRICT.strip().splitlines()]
    return [(name, category) for category, *found in lines for name in found]


def of_a_subdistrict(name: str) -> list[tuple[str, str]]:
    """(name, category) of those that sit in one subdistrict."""
    stem = name.removesuffix("街道")
    return [(stem + word, category) for word, category in OF_A_SUBDISTRICT.items()]
