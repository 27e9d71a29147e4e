"""The catalogues of a new site: what work is about, and what people can do."""

from communities.catalogue import Capability, Category

SOURCED = {
    "city",
    "order",
    "market",
}  # the three of the thirteen functions that the report names; the rest are examples
CATEGORIES = """
:city        城市管理    City management
environment  环境整治    Clean surroundings
parking      停车秩序    Parking
:order       社会治安    Public order
safety       安全巡查    Safety and patrol
:market      市场监管    Market supervision
:livelihood  民生服务    Daily life
repair       维修便民    Repairs and everyday help
meals        社区助餐    Community meals
:older       养老助残    Older and disabled people
care         助老助残    Care for older and disabled people
:young       少年儿童    Children and youth
children     儿童托管    Children after school
:healthcare  卫生健康    Public health
health       健康医疗    Health
:justice     司法服务    Justice
law          法律与调解  Law and mediation
:arts        文化旅游    Culture and tourism
culture      文化体育    Culture and sport
:work        人力社保    Work and social security
jobs         就业创业    Jobs and start-ups
:housing     住房物业    Housing and property
governance   小区治理    Self-government of compounds
:emergency   应急消防    Emergency and fire
:building    基层建设    Grass-roots organisation
party        组织建设    Organisation and meetings
"""
CAPABILITIES = """
:everyday    生活便民     Everyday help
haircut      理发        Haircuts
driving      开车接送    Driving
cooking      做饭送餐    Cooking and bringing meals
:mending     修理         Repairs
appliance    家电维修    Appliance repair
plumbing     水暖维修    Plumbing and heating
electrics    电工        Electrical work
carpentry    木工        Carpentry
sewing       缝补改衣    Mending clothes
sharpening   磨刀修伞    Sharpening knives, mending umbrellas
:caring      健康照护     Health and care
nursing      医护        Nursing and medicine
first_aid    急救        First aid
listening    心理疏导    Emotional support
massage      推拿按摩    Massage
childcare    照看儿童    Child care
:advice      法律与调解   Law and mediation
law          法律咨询    Legal advice
mediation    纠纷调解    Mediation
accounting   财会        Accounting
:teaching    教学         Teaching
tutoring     课业辅导    Help with homework
phones       教用手机    Teaching phones and computers
language     外语        Foreign languages
signing      手语        Sign language
:culture     文体         Culture and sport
calligraphy  书法绘画    Calligraphy and painting
singing      声乐合唱    Singing
dancing      舞蹈健身    Dance and exercise
photography  摄影摄像    Photography and video
"""


def entries(table: str) -> list[dict]:
    """The lines of a table as rows in their order; a line that begins with a colon heads those that follow it."""
    rows: list[dict] = []
    heading = None
    for number, line in enumerate(table.strip().splitlines(), 1):
        code, name, english = line.split(maxsplit=2)
        heads = code.startswith(":")
        facts = {"id": number, "code": code.removeprefix(":"), "name": name, "name_en": english.strip()}
        facts["is_example"] = facts["code"] not in SOURCED
        rows.append(facts | {"position": number, "parent_id": None if heads else heading})
        heading = number if heads else heading
    return rows


def fill(session) -> tuple[dict[str, Category], dict[str, Capability]]:
    """Write both catalogues into an empty site; each by code."""
    return written(session, Category, CATEGORIES), written(session, Capability, CAPABILITIES)


def written(session, model, table: str) -> dict:
    """The entries of one catalogue, as the database numbers them, each below its heading."""
    rows = entries(table)
    known = {
        row["id"]: model(**{name: row[name] for name in ("code", "name", "name_en", "position", "is_example")})
        for row in rows
    }
    session.add_all(known.values())
    session.flush()
    for row in rows:
        known[row["id"]].parent_id = known[row["parent_id"]].id if row["parent_id"] else None
    session.flush()
    return {entry.code: entry for entry in known.values()}
