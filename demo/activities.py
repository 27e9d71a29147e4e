"""What volunteers do in the demo data, and when."""

from dataclasses import dataclass
from datetime import time
from functools import cache

from volunteers.duty import Danger, ServiceKind


@dataclass(frozen=True)
class Activity:
    """A standing service: on these weekdays (0 is Monday) every so many weeks, for so many minutes."""

    activity: str
    role: str
    category: str
    weekdays: tuple[int, ...]
    weeks: int
    starts: time
    minutes: int
    seats: int
    danger: Danger
    skill: str | None
    service: ServiceKind
    about: str
    risk: str


@cache
def activities() -> list[Activity]:
    """One a line, in the order of the fields."""
    return [parse([word.strip() for word in line.split("|")]) for line in TABLE.strip().splitlines()]


def parse(words: list[str]) -> Activity:
    """A line of the table."""
    activity, role, category, weekdays, weeks, starts, minutes, seats, danger, skill, service, about, risk = words
    return Activity(
        activity,
        role,
        category,
        tuple(int(digit) for digit in weekdays),
        int(weeks),
        time.fromisoformat(starts),
        int(minutes),
        int(seats),
        Danger(danger),
        None if skill == "-" else skill,
        ServiceKind(service),
        about,
        risk,
    )


TABLE = """
联防巡查|巡查员|safety|25|1|19:00|60|4|1|-|volunteer|两人一组，看楼道、看消防通道、看陌生情况，有事报网格员。|夜间注意脚下，遇到纠纷先报告，不要自己处理。
楼道清洁|清洁组|environment|5|1|08:30|60|6|0|-|volunteer|清堆放、擦扶手、扫楼梯，工具社区准备。|使用清洁剂请戴手套。
垃圾分类督导|督导员|environment|03|1|07:00|60|2|0|-|volunteer|早高峰在投放点提醒分类，帮老人倒桶。|戴手套，注意清运车辆。
便民服务站|值班|care|1|1|09:00|90|2|0|-|volunteer|接待居民，登记需求，帮忙填表、打印、挂号。|无特殊风险。
便民服务站|晚班|care|3|1|18:30|90|2|0|-|volunteer|方便上班的居民，下班后来办事。|无特殊风险。
义剪|理发师|care|6|4|09:00|150|3|0|haircut|volunteer|为老人和行动不便的居民免费理发。|工具消毒，注意剪刀。
义剪|引导排队|care|6|4|09:00|150|4|0|-|volunteer|发号、照应排队的老人、扫地。|地面有碎发，防滑。
独居老人探访|探访员|care|2|1|15:00|60|4|0|-|volunteer|两人同行，敲门问候，看水电气，聊聊天。|两人同行，不收礼物，情况异常报网格员。
血压角|量血压|health|4|1|08:30|90|2|0|nursing|volunteer|给居民量血压、记在本子上，偏高的提醒就医。|只测量不诊断。
血压角|登记|health|4|1|08:30|90|2|0|-|volunteer|登记、叫号、递水。|无特殊风险。
四点半课堂|辅导员|children|14|1|16:30|90|3|0|tutoring|volunteer|陪孩子写作业、读书，等家长来接。|孩子不离开活动室，由家长签字接走。
四点半课堂|照看|children|14|1|16:30|90|2|0|-|volunteer|照看孩子进出、喝水、如厕。|孩子不离开活动室。
手机课堂|讲师|culture|2|2|10:00|90|1|0|phones|volunteer|教老人用手机，一次一个主题。|不代操作付款。
手机课堂|助教|culture|2|2|10:00|90|3|0|-|volunteer|一对一手把手地教。|不代操作付款，不看密码。
停车引导|引导员|parking|5|1|17:30|120|3|1|-|volunteer|周末晚高峰在院门口引导停车，保住消防通道。|穿反光背心，站在安全位置。
送餐上门|送餐员|meals|0124|1|11:00|60|2|0|-|volunteer|把助餐点的午餐送到老人家里。|路上注意交通，餐食保温。
合唱团排练|组织|culture|1|1|14:30|120|2|0|-|volunteer|开门、签到、摆椅子、锁门。|无特殊风险。
纠纷调解值守|调解员|law|4|1|14:30|120|2|0|mediation|volunteer|接待邻里纠纷，两人一起听、一起劝。|不带火气，发现有危险先报警。
环境整治|参加者|environment|5|4|14:00|120|12|0|-|volunteer|每月一次，院里院外一起动手。|戴手套，小心碎玻璃。
党员报到|服务岗|party|5|4|09:30|120|8|0|-|report_in|在职党员到社区报到，认领一件小事。|无特殊风险。
防汛值守|值守员|safety|6|4|20:00|120|4|2|-|volunteer|汛期看低洼处和地下室，通水泵、搬沙袋。|雨天涉水有危险，穿救生衣，两人以上同行。
小修小补|师傅|repair|5|2|09:30|120|2|0|carpentry|low_priced|修椅子、换水龙头，只收材料费，当面结算。|使用电动工具戴护目镜。
图书角|管理员|culture|6|1|10:00|120|2|0|-|volunteer|借书还书，整理书架。|无特殊风险。
法律门诊|接待|law|3|2|14:30|120|2|0|-|volunteer|为来咨询的居民登记、排号、倒水。|谈话内容要保密。
"""
