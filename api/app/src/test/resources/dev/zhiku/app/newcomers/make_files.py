"""Writes the files of this collection with openpyxl, python-docx and python-pptx.

usage: make_files.py FOLDER
"""

import pathlib
import sys

import docx
import openpyxl
from pptx import Presentation

OUT = pathlib.Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)


def text(name, content):
    (OUT / name).write_text(content.strip() + "\n", encoding="utf-8")


def book(name, lines):
    file = openpyxl.Workbook()
    for line in lines:
        file.active.append(line)
    file.save(OUT / name)


def word(name, title, parts):
    file = docx.Document()
    file.add_heading(title, 0)
    for part in parts:
        if isinstance(part, str):
            file.add_paragraph(part)
        else:
            table = file.add_table(len(part), len(part[0]), style="Table Grid")
            for r, row in enumerate(part):
                for c, value in enumerate(row):
                    table.cell(r, c).text = value
    file.save(OUT / name)


book("轮渡时刻与票价.xlsx", [["航线", "首班", "末班", "成人票（元）", "儿童票（元）", "航程（分钟）"], ["鹭岛—青屿", "6:40", "21:10", 12, 6, 25],
                          ["鹭岛—月牙湾", "7:20", "18:30", 28, 14, 55], ["青屿—白沙", "8:00", "17:45", 16, 8, 30]])
word("养老院入住协议.docx", "颐和养老院入住协议", ["甲方：颐和养老院　乙方：褚桂芳", "护理等级分为自理、半护理和全护理三级，每半年评估一次。",
     [["护理等级", "床位费（元/月）", "护理费（元/月）", "伙食费（元/月）"], ["自理", "1800", "600", "900"], ["半护理", "1800", "1500", "900"], ["全护理", "2200", "2800", "1000"]],
     "家属探访时间为每天上午九点至十一点、下午两点半至五点；流感高发期暂停探访。", "老人外出须由家属签字接送，当晚九点前返回。",
     "乙方退住的，应提前十五日告知，剩余床位费按天退还，伙食费不满十五日的不退。"])
text("驾校报名须知.md", """
# 顺达驾校报名须知

C1 手动挡学费 4,600 元，C2 自动挡学费 5,200 元，可分两次付清。

- 报名带身份证和四张白底一寸照片。
- 科目一考试不及格，十天后可以补考，补考费 50 元。
- 练车由教练孔祥瑞安排，取消要提前一天告诉他，否则算一个学时。
- 学驾证明有效期三年，五次考不过科目二，已考科目全部作废。
""")
text("社区食堂.txt", """
阳光社区长者食堂
早餐六点半至八点半，午餐十一点至十二点半，晚餐不供应。
七十岁以上老人午餐八元，六十至六十九岁十元，其他居民十五元。
行动不便的可以送餐上门，每次加收两元，请在前一天下午四点前打电话 6688 2140 预订。
糖尿病老人可以选无糖餐，不另收费。每月最后一个星期日休息。
""")
show = Presentation()
for title, lines in [("Warehouse induction", ["Speaker: Femi Adeyemi", "Wear a yellow vest behind the white line"]),
                     ("Forklifts", ["Only drivers with a blue card may use them", "Speed limit indoors is 6 km/h", "Charge the battery when it is below 20%"]),
                     ("If something goes wrong", ["First aiders: Nell Sharpe and Omar Haddad", "Assembly point: the bicycle shed", "Report a spill to extension 315"])]:
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text_frame.text = lines[0]
    for line in lines[1:]:
        slide.placeholders[1].text_frame.add_paragraph().text = line
show.save(OUT / "warehouse-induction.pptx")
book("campsite-rates.xlsx", [["Pitch", "Low season", "High season", "Hook-up", "Max people"], ["Tent small", "£14", "£21", "no", 2], ["Tent large", "£19", "£28", "no", 6],
                             ["Caravan", "£24", "£36", "yes", 4], ["Motorhome", "£27", "£41", "yes", 5]])
text("campsite-rules.md", """
# Pinewood campsite rules

Arrival is from 2 pm, and pitches must be cleared by 11 am.
Quiet hours are from 10.30 pm to 7 am. Generators are not permitted at any time.
Dogs are welcome on a lead, but not in the washrooms or the shop.
Open fires are allowed in the stone rings only. Firewood is sold at reception for 6 pounds a bag.
If you cancel more than two weeks before arrival, half of the price is returned; after that nothing is returned.
The gate is locked at night; late arrivals ring the warden, Cliff Barnes, on 0700 900 112.
""")
word("choir-handbook.docx", "Handbook of the Harbour Choir", ["Rehearsals take place every Wednesday from 7 to 9 pm in St Anne's hall. There is no rehearsal in August.",
     "The subscription is 96 pounds a year; students and people out of work pay 40 pounds.", "Members who miss more than four rehearsals in a term may not sing in the concert, unless the conductor agrees.",
     [["Role", "Name", "Task"], ["Conductor", "Ingrid Solberg", "music"], ["Treasurer", "Paul Whitby", "subscriptions"], ["Librarian", "Aoife Brennan", "scores"]],
     "Scores that are not returned within three weeks after the concert are charged at 15 pounds each."])
