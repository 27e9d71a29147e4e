"""What the projects of the demo data are about."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Idea:
    """A project that any community may post; `parts` is (what, unit, fewest, most, people, times, hours)."""

    title: str
    category: str
    skill: str | None
    about: str
    risk: str
    outcome: str
    parts: tuple[tuple[str, str, int, int, int, int, int], ...]


@cache
def ideas() -> list[Idea]:
    """One a line: title, category, skill, about, risk, outcome; then its parts."""
    found = []
    for block in TABLE.strip().split("\n\n"):
        head, *lines = block.splitlines()
        title, category, skill, about, risk, outcome = (word.strip() for word in head.split("|"))
        cut = [line.split() for line in lines]
        parts = tuple((what, unit, *map(int, numbers)) for what, unit, *numbers in cut)
        found.append(Idea(title, category, None if skill == "-" else skill, about, risk, outcome, parts))
    return found


TABLE = """
老人家电义修|repair|appliance|为独居和高龄老人检修家里的电器和老化的插座。|检修前先断电；上门两人同行。|检修电器、更换插座，老人用电安心多了。
集中维修 户 20 50 4 3 4
上门维修 户 10 25 2 10 2

楼道照明更换|repair|electrics|把不亮的楼道灯换成声控节能灯。|登高作业系好安全带，楼下有人看护。|坏灯全部更换，夜里上下楼不再摸黑。
更换楼道灯 件 30 90 3 4 3

暑期四点半课堂|children|tutoring|给双职工家庭的孩子一个写作业、读书的地方。|孩子由家长接送签字，活动室不离人。|孩子按时完成作业，家长下班来接。
作业辅导 课时 20 40 2 20 2
手工和阅读 课时 8 16 2 8 2

周末义诊|health|nursing|血压血糖检测、用药咨询、口腔检查。|只做检查和咨询，不开药、不治疗。|居民就近查了身体，异常的转到卫生服务中心。
内科义诊 场 2 6 3 1 3
口腔检查 场 1 4 2 1 3

法律门诊进社区|law|law|每两周一次，当面解答婚姻、邻里、劳动、物业的法律问题。|涉及隐私的单独接待。|咨询有登记有答复，几起纠纷当场说和。
坐诊咨询 场 6 12 2 1 2

老年助餐送餐|meals|cooking|为腿脚不便的老人送午餐上门。|餐食留样，送餐注意保温和路上安全。|老人按点吃上热饭，志愿者顺便看望。
送餐到户 人次 60 200 2 20 1

小广告清理和楼道美化|environment|-|清掉楼道小广告，粉刷一层，挂上楼栋公约。|使用清洁剂戴手套，梯子有人扶。|楼道干净了，居民自己商定了楼栋公约。
清理楼道 项 6 20 4 2 3
公约上墙 项 6 20 1 2 2

口袋花园认养|environment|-|把院里的空地种上花，分片认养。|使用农具注意安全，夏天避开正午。|空地变花园，邻居轮流浇水。
认养花池 项 4 12 2 10 1

非机动车停车线重划|parking|-|在院内划出电动车停放和充电区，留出消防通道。|施工时围挡，提前三天通知挪车。|消防通道通了，电动车有了固定位置。
划线 项 3 10 3 2 4
停车引导 场 4 10 2 1 2

手机课堂|culture|phones|手把手教老人用手机挂号、视频、防诈骗。|不代操作付款，不记录密码。|老人学会挂号和视频，防诈骗有了警觉。
开课 场 4 12 2 1 2

社区春晚|culture|singing|居民自己演、自己看的一台节目。|控制人数，通道畅通，专人看护用电。|各小区都出了节目，场场坐满。
节目 项 8 16 4 3 2
舞台和音响 场 1 2 4 1 5

居家适老化小改造|care|carpentry|给有需要的老人装扶手、防滑垫、小夜灯。|打孔前确认水电走向，完工试拉。|扶手和防滑垫装好，起夜不再怕摔。
装扶手 户 8 30 2 8 2
防滑垫和夜灯 户 10 40 1 6 2

困境儿童心理陪伴|children|listening|一对一陪伴，每周一次，至少三个月。|陪伴在公共场所进行，监护人知情。|孩子愿意说话了，家长学会了倾听。
陪伴 人次 12 48 1 12 1

招聘小集市|jobs|-|请附近商户和企业来院里摆摊招人。|核实招聘单位资质，不收求职费用。|几十位居民当场投了简历。
组织摊位 项 8 20 2 1 4
政策咨询 场 1 2 2 1 4

小区议事厅|governance|mediation|把停车、加装电梯这些难事摆到桌上议。|先约法三章，不点名不翻旧账。|议成了停车公约，参加的楼栋都签了字。
主持议事 场 3 6 2 1 2
"""
