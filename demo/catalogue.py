"""The catalogues of a new site: what work is about, and what people can do."""

from communities.catalogue import Capability, Category

CATEGORIES = """
repair       维修便民    Repairs and everyday help
care         助老助残    Care for older and disabled people
children     儿童托管    Children after school
health       健康医疗    Health
meals        社区助餐    Community meals
safety       安全巡查    Safety and patrol
environment  环境整治    Clean surroundings
parking      停车秩序    Parking
law          法律与调解  Law and mediation
culture      文化体育    Culture and sport
jobs         就业创业    Jobs and start-ups
governance   小区治理    Self-government of compounds
party        组织建设    Organisation and meetings
"""
CAPABILITIES = """
haircut      理发        Haircuts
appliance    家电维修    Appliance repair
plumbing     水暖维修    Plumbing and heating
electrics    电工        Electrical work
carpentry    木工        Carpentry
sewing       缝补改衣    Mending clothes
sharpening   磨刀修伞    Sharpening knives, mending umbrellas
law          法律咨询    Legal advice
mediation    纠纷调解    Mediation
nursing      医护        Nursing and medicine
first_aid    急救        First aid
listening    心理疏导    Emotional support
massage      推拿按摩    Massage
tutoring     课业辅导    Help with homework
childcare    照看儿童    Child care
language     外语        Foreign languages
signing      手语        Sign language
calligraphy  书法绘画    Calligraphy and painting
singing      声乐合唱    Singing
dancing      舞蹈健身    Dance and exercise
phones       教用手机    Teaching phones and computers
driving      开车接送    Driving
cooking      做饭送餐    Cooking and bringing meals
photography  摄影摄像    Photography and video
accounting   财会        Accounting
"""


def entries(table: str) -> list[dict]:
    """The lines of a table as rows in their order."""
    lines = [line.split(maxsplit=2) for line in table.strip().splitlines()]
    return [
        {"id": number, "code": code, "name": name, "name_en": english.strip(), "position": number}
        for number, (code, name, english) in enumerate(lines, 1)
    ]


def fill(session) -> tuple[dict[str, Category], dict[str, Capability]]:
    """Write both catalogues into an empty site; each by code."""
    categories = {row["code"]: Category(**without_id(row)) for row in entries(CATEGORIES)}
    capabilities = {row["code"]: Capability(**without_id(row)) for row in entries(CAPABILITIES)}
    session.add_all([*categories.values(), *capabilities.values()])
    session.flush()
    return categories, capabilities


def without_id(row: dict) -> dict:
    """The row as the database is to number it."""
    return {name: value for name, value in row.items() if name != "id"}
