"""Writes the files of this collection with openpyxl, python-docx, python-pptx, reportlab and odfpy.

usage: make_files.py FOLDER
"""

import csv
import pathlib
import sys
from email.message import EmailMessage

import docx
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import H, P
from pptx import Presentation
from pptx.util import Inches
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

OUT = pathlib.Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def text(name, content):
    (OUT / name).write_text(content.strip() + "\n", encoding="utf-8")


def rows(name, lines):
    with open(OUT / name, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def word(name, parts):
    """Parts are (style, text), or a list of rows for a table, each cell merged over None behind it."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, tuple):
            style, content = part
            if style.startswith("h"):
                document.add_heading(content, int(style[1]))
            else:
                document.add_paragraph(content, style={"p": None, "b": "List Bullet", "n": "List Number"}[style])
        else:
            table = document.add_table(len(part), len(part[0]), style="Table Grid")
            for r, row in enumerate(part):
                for c, value in enumerate(row):
                    if value is None:
                        table.cell(r, c - 1).merge(table.cell(r, c))
                    elif value == "^":
                        table.cell(r - 1, c).merge(table.cell(r, c))
                    else:
                        table.cell(r, c).text = value
    document.save(OUT / name)


def pdf(name, parts, chinese):
    font = "STSong-Light" if chinese else "Helvetica"
    body = ParagraphStyle("body", fontName=font, fontSize=10.5, leading=16, spaceAfter=6,
                          wordWrap="CJK" if chinese else None)
    head = ParagraphStyle("head", parent=body, fontSize=15, leading=22, spaceBefore=8)
    story = []
    for part in parts:
        if isinstance(part, tuple):
            story.append(Paragraph(part[1], head if part[0] == "h1" else body))
        else:
            table = PdfTable(part, hAlign="LEFT")
            table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTNAME", (0, 0), (-1, -1), font),
                            ("FONTSIZE", (0, 0), (-1, -1), 9.5)])
            story += [table, Spacer(1, 8)]
    SimpleDocTemplate(str(OUT / name), pagesize=A4).build(story)


def slides(name, pages):
    show = Presentation()
    for title, content in pages:
        slide = show.slides.add_slide(show.slide_layouts[1 if content and isinstance(content[0], str) else 5])
        slide.shapes.title.text = title
        if content and isinstance(content[0], str):
            frame = slide.placeholders[1].text_frame
            frame.text = content[0]
            for line in content[1:]:
                frame.add_paragraph().text = line
        elif content:
            table = slide.shapes.add_table(len(content), len(content[0]), Inches(1), Inches(2), Inches(8), Inches(3)).table
            for r, row in enumerate(content):
                for c, value in enumerate(row):
                    table.cell(r, c).text = value
    show.save(OUT / name)


def mail(name, sender, to, subject, date, body):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = sender, to, subject, date
    message.set_content(body)
    (OUT / name).write_bytes(bytes(message))


def odt(name, parts):
    document = OpenDocumentText()
    for kind, content in parts:
        document.text.addElement(H(outlinelevel=int(kind[1]), text=content) if kind.startswith("h") else P(text=content))
    document.save(OUT / name)


def ods(name, sheet, lines):
    document = OpenDocumentSpreadsheet()
    table = Table(name=sheet)
    for line in lines:
        row = TableRow()
        for value in line:
            cell = TableCell(valuetype="float", value=value) if isinstance(value, (int, float)) else TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(OUT / name)


# --- spreadsheets
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "收费标准"
for line in [["云栖花园物业服务收费公示", None, None, None, None, None],
             ["楼栋", "物业费（元/㎡·月）", None, "车位费（元/月）", None, "公摊电费（元/户·月）"],
             [None, "住宅", "商铺", "地面", "地库", None],
             ["1号楼", 2.6, 5.8, 180, 320, 12], ["2号楼", 2.6, 5.5, 180, 350, 14],
             ["3号楼", 3.1, 6.2, 200, 380, 18], ["5号楼", 3.4, "—", 220, 420, 21],
             ["说明：空置满六个月并书面申请的，物业费按七折收取。", None, None, None, None, None]]:
    sheet.append(line)
for area in ["A1:F1", "B2:C2", "D2:E2", "A2:A3", "F2:F3", "A8:F8"]:
    sheet.merge_cells(area)
book.save(OUT / "云栖花园收费公示.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "十二月第一周"
for line in [["内二科护士排班"], ["日期", "星期", "白班", "小夜班", "大夜班", "备班"],
             ["12月1日", "周一", "秦岚、杜若", "白芷", "阮青", "葛根"], ["12月2日", "周二", "葛根、阮青", "杜若", "白芷", "秦岚"],
             ["12月3日", "周三", "白芷、秦岚", "阮青", "葛根", "杜若"], ["12月4日", "周四", "杜若、葛根", "秦岚", "阮青", "白芷"],
             ["12月5日", "周五", "秦岚、白芷", "葛根", "杜若", "阮青"]]:
    sheet.append(line)
sheet.merge_cells("A1:F1")
sheet = book.create_sheet("说明")
for line in [["事项", "规定"], ["换班", "须提前两天由双方签字并报护士长余静批准"], ["大夜班补贴", "每班120元"], ["小夜班补贴", "每班80元"],
             ["备班", "接到电话后三十分钟内到岗"]]:
    sheet.append(line)
book.save(OUT / "内二科排班.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "报价比较"
for line in [["供应商", "单价（元/台）", "起订量", "交货期", "质保", "付款方式", "联系人"],
             ["恒通仪表", 1280, 20, "15天", "24个月", "货到30天", "郑晓东"], ["海拓传感", 1195, 50, "25天", "18个月", "预付30%", "林婉秋"],
             ["南岭自控", 1340, 10, "7天", "36个月", "款到发货", "彭立"]]:
    sheet.append(line)
book.save(OUT / "流量计询价对比.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Servers"
for line in [["Host", "Role", "Location", "CPU cores", "RAM (GB)", "OS", "Owner", "Patched on"],
             ["falcon", "database", "Rack 4, Leeds", 32, 256, "Debian 12", "Priya Nair", "2026-03-14"],
             ["heron", "web front end", "Rack 2, Leeds", 8, 32, "Ubuntu 24.04", "Tom Ashworth", "2026-04-02"],
             ["osprey", "backup", "Rack 1, Hull", 16, 64, "Debian 11", "Priya Nair", "2025-11-20"],
             ["kestrel", "mail", "Rack 7, Hull", 12, 48, "Rocky 9", "Gita Lund", "2026-01-08"]]:
    sheet.append(line)
sheet = book.create_sheet("Contacts")
for line in [["Person", "Phone", "On call"], ["Priya Nair", "ext. 4471", "odd weeks"], ["Tom Ashworth", "ext. 4480", "even weeks"],
             ["Gita Lund", "ext. 4492", "never"]]:
    sheet.append(line)
book.save(OUT / "server-inventory.xlsx")

ods("国内件资费.ods", "资费", [["目的地", "首重1公斤（元）", "续重每公斤（元）", "预计时效"], ["省内", 8, 2, "次日达"], ["江浙沪", 10, 3, "1至2天"],
                        ["华北", 12, 5, "2至3天"], ["西北", 16, 9, "4至5天"], ["西藏", 22, 15, "6至8天"]])

rows("初二三班课表.csv", [["节次", "时间", "星期一", "星期二", "星期三", "星期四", "星期五"],
                     ["第一节", "8:00-8:45", "语文（苏梅）", "数学（贺强）", "英语（Lily）", "物理（唐宁）", "语文（苏梅）"],
                     ["第二节", "8:55-9:40", "数学（贺强）", "英语（Lily）", "语文（苏梅）", "数学（贺强）", "历史（康远）"],
                     ["第三节", "10:00-10:45", "体育（马骁）", "地理（尤佳）", "物理（唐宁）", "生物（卞琳）", "数学（贺强）"],
                     ["第四节", "10:55-11:40", "英语（Lily）", "美术（夏禾）", "音乐（陶然）", "体育（马骁）", "班会（苏梅）"]])
rows("concrete_strength.csv", [["Sample", "Cast on", "Mix", "Slump (mm)", "7-day strength (MPa)", "28-day strength (MPa)", "Technician"],
                               ["C-101", "2026-02-03", "M30", "95", "21.4", "33.8", "Osei"], ["C-102", "2026-02-03", "M35", "80", "26.9", "39.2", "Osei"],
                               ["C-103", "2026-02-10", "M30", "110", "19.7", "31.5", "Varga"], ["C-104", "2026-02-17", "M40", "70", "30.3", "44.6", "Lindqvist"]])
rows("school-lunch.csv", [["Day", "Main", "Vegetarian", "Dessert", "Allergens"],
                          ["Monday", "Beef stew", "Lentil curry", "Apple crumble", "gluten, celery"],
                          ["Tuesday", "Fish pie", "Mushroom risotto", "Rice pudding", "fish, milk"],
                          ["Wednesday", "Roast chicken", "Stuffed peppers", "Fruit salad", "none"],
                          ["Thursday", "Pork sausages", "Bean chilli", "Lemon sponge", "gluten, egg, sulphites"],
                          ["Friday", "Battered cod", "Cheese quiche", "Ice cream", "fish, egg, milk"]])

# --- documents
word("青禾科技员工手册.docx", [
    ("h0", "青禾科技员工手册"), ("h1", "第一章 入职与试用"),
    ("p", "新员工试用期为三个月，劳动合同期限不满一年的，试用期为一个月。试用期工资按转正工资的百分之九十发放。"),
    ("p", "试用期内员工提出离职的，应提前三日书面通知；转正后离职的，应提前三十日书面通知部门负责人。"),
    ("h1", "第二章 考勤"),
    ("p", "公司实行弹性工作制，核心工作时段为上午十点至下午四点，每日工时不少于八小时。"),
    ("p", "每月迟到三次以内且每次不超过十五分钟的，不扣工资；自第四次起每次扣五十元。忘记打卡的，应在两个工作日内提交补卡申请，每月以两次为限。"),
    ("h1", "第三章 休假"),
    ("p", "工龄满一年不满十年的，年假五天；满十年不满二十年的，年假十天；满二十年的，年假十五天。当年未休完的年假可顺延至次年三月三十一日，逾期作废。"),
    [["假别", "天数", "工资", "所需材料"], ["婚假", "十三天", "全额", "结婚证复印件"], ["丧假", "三天", "全额", "死亡证明"],
     ["陪产假", "十五天", "全额", "出生医学证明"], ["病假", "按医嘱", "百分之六十", "医院诊断证明"]],
    ("h1", "第四章 福利"),
    ("p", "公司为每位转正员工办理补充医疗保险，门诊费用年度报销上限为八千元，由人力资源部冯媛负责受理。"),
    ("p", "生日当月发放价值三百元的购物卡。员工推荐候选人入职并通过试用的，奖励推荐人两千元；推荐管理岗的，奖励五千元。"),
    ("p", "公司不提供员工宿舍，但为家在外市的应届生发放每月八百元租房补贴，最长十二个月。")])
word("房屋租赁合同.docx", [
    ("h0", "房屋租赁合同"), ("p", "出租方（甲方）：孟庆华　　承租方（乙方）：司徒雯"),
    ("p", "第一条　甲方将坐落于江城市柳林路88号2单元601室、建筑面积76平方米的房屋出租给乙方作居住使用。"),
    ("p", "第二条　租赁期自2026年3月1日起至2028年2月29日止。"),
    ("p", "第三条　月租金为人民币肆仟贰佰元整（4,200元），按季支付，乙方应于每季首月五日前付清。押金为人民币8,400元，租期届满、房屋及设施无损坏的，甲方在七日内无息退还。"),
    ("p", "第四条　水、电、燃气及网络费用由乙方承担；物业费和取暖费由甲方承担。"),
    ("p", "第五条　房屋主体结构及固定设施自然损坏的，甲方应在接到通知后四十八小时内维修；因乙方使用不当造成的，由乙方负责维修。"),
    ("p", "第六条　未经甲方书面同意，乙方不得转租、分租，不得改变房屋结构。乙方可以饲养猫，但不得饲养犬类。"),
    ("p", "第七条　乙方逾期支付租金的，每逾期一日按应付金额的千分之三支付违约金；逾期超过十五日的，甲方有权解除合同。"),
    ("p", "第八条　任何一方提前解除合同的，应提前三十日通知对方，并支付相当于一个月租金的违约金。")])
word("差旅费管理办法（2023版）.docx", [
    ("h0", "差旅费管理办法（2023年版）"), ("p", "本办法自2023年4月1日起施行。"),
    [["职级", "住宿（元/晚）", None, "伙食补助（元/天）"], ["^", "一线城市", "其他城市", "^"], ["普通员工", "350", "260", "80"], ["部门经理", "480", "360", "80"], ["总监及以上", "700", "550", "120"]],
    ("p", "出差结束后十五日内提交报销单，逾期不予受理。"), ("p", "乘坐高铁限二等座。")])
word("差旅费管理办法（2026版）.docx", [
    ("h0", "差旅费管理办法（2026年版）"), ("p", "本办法自2026年1月1日起施行，2023年版同时废止。"),
    [["职级", "住宿（元/晚）", None, "伙食补助（元/天）"], ["^", "一线城市", "其他城市", "^"], ["普通员工", "420", "300", "100"], ["部门经理", "560", "410", "100"], ["总监及以上", "850", "620", "150"]],
    ("p", "出差结束后三十日内提交报销单，逾期须经财务总监批准。"), ("p", "乘坐高铁限二等座，单程超过六小时的可乘坐一等座。")])
word("产品评审会纪要.docx", [
    ("h0", "“知了”三期产品评审会纪要"), ("p", "时间：2026年5月12日14:00—16:30　地点：B座7层蓝厅　主持人：褚岩　记录人：艾小满"),
    ("p", "参会人员：褚岩、艾小满、费翔宇、龙敏、桑吉　请假：柯蓝（出差）"), ("h1", "一、会议决定"),
    ("n", "搜索功能改用新方案，旧接口保留至9月30日。"), ("n", "取消原定的积分商城，预算18万元转入客服系统。"), ("n", "灰度发布先面向杭州和成都两地的用户，比例为百分之五。"),
    ("h1", "二、待办事项"),
    [["事项", "负责人", "完成时间", "状态"], ["接口文档修订", "费翔宇", "5月20日", "进行中"], ["压力测试", "龙敏", "6月3日", "未开始"], ["隐私条款送审", "桑吉", "5月28日", "进行中"],
     ["客服系统选型", "柯蓝", "6月15日", "未开始"]],
    ("h1", "三、遗留问题"), ("p", "短信服务商涨价百分之十二，是否更换供应商，下次会议（5月26日）再议。")])
word("lab-safety-bilingual.docx", [
    ("h0", "实验室安全须知 Laboratory Safety Notes"),
    [["项目 Item", "要求 Requirement", "负责人 Person in charge"],
     ["废液桶 Waste bottles", "装至八成满即更换 Replace when 80% full", "乔安 Qiao An"],
     ["洗眼器 Eyewash", "每周一检查一次 Check every Monday", "裴洛 Pei Luo"],
     ["气瓶 Gas cylinders", "固定在墙上，残压不低于0.2 MPa Chain to the wall, leave 0.2 MPa", "乔安 Qiao An"],
     ["通风橱 Fume hood", "面风速不低于0.5 m/s Face velocity at least 0.5 m/s", "史密斯 Smith"]],
    ("p", "夜间实验须两人同行，并在门口登记簿上签名。Work at night needs two people, who sign the book at the door."),
    ("p", "发生酸灼伤时，立即用大量清水冲洗十五分钟，再涂碳酸氢钠溶液。For acid burns rinse with plenty of water for fifteen minutes, then apply sodium bicarbonate.")])
word("residential-lease.docx", [
    ("h0", "Residential Lease Agreement"), ("p", "Landlord: Margaret Dunmore. Tenant: Rafael Ibarra. Premises: 14 Quarry Lane, Flat 3."),
    ("h1", "1. Term"), ("p", "The lease begins on 1 August 2026 and ends on 31 July 2027. It renews month to month unless either party gives sixty days' written notice."),
    ("h1", "2. Rent"), ("p", "The rent is $1,650 per month, due on the first day of each month. A late charge of $75 applies to rent received after the fifth."),
    ("h1", "3. Deposit"), ("p", "The Tenant pays a security deposit of $2,400, returned within twenty-one days after moving out, less the cost of damage beyond normal wear."),
    ("h1", "4. Use"), ("p", "No smoking is permitted anywhere on the premises. One cat or one dog under 12 kg is permitted for a one-time fee of $250."),
    ("p", "The Landlord may enter after twenty-four hours' notice, except in an emergency, when no notice is needed."),
    ("h1", "5. Utilities"), ("p", "Water and refuse collection are included in the rent. The Tenant pays for electricity, gas and internet.")])
word("employee-handbook.docx", [
    ("h0", "Brightwater Employee Handbook"), ("h1", "Working time"),
    ("p", "The standard week is 37.5 hours. Staff may start between 7:30 and 10:00. Overtime is paid at one and a half times the hourly rate, and at double rate on Sundays."),
    ("h1", "Time off"),
    [["Type of leave", "Entitlement", "Approved by"], ["Annual leave", "25 days", "line manager"], ["Moving house", "1 day", "line manager"], ["Jury service", "as summoned", "HR director"],
     ["Bereavement", "5 days", "HR partner"], ["Study leave", "8 days", "department head"]],
    ("p", "Up to five days of annual leave may be carried over and must be used by 30 April."),
    ("h1", "Sickness"), ("p", "Report sickness to your manager before 9:30 on the first day. A doctor's note is required from the fourth day of absence."),
    ("h1", "Equipment"), ("p", "Laptops are replaced every four years. Lost devices must be reported to the service desk within two hours. Personal software must not be installed."),
    ("h1", "Expenses"), ("p", "Mileage is reimbursed at 45 pence per mile. Meals on business trips are reimbursed up to 30 pounds a day; alcohol is not reimbursed.")])

# --- PDF
pdf("体检化验报告.pdf", [
    ("h1", "体检化验报告"), ("p", "姓名：靳小川　性别：男　年龄：46岁　采样日期：2026年6月9日　送检医师：骆冰"),
    [["项目", "结果", "提示", "单位", "参考范围"], ["白细胞计数", "11.8", "↑", "10^9/L", "3.5-9.5"], ["血红蛋白", "142", "", "g/L", "130-175"], ["血小板计数", "98", "↓", "10^9/L", "125-350"],
     ["空腹血糖", "6.7", "↑", "mmol/L", "3.9-6.1"], ["总胆固醇", "5.02", "", "mmol/L", "<5.2"], ["尿酸", "455", "↑", "μmol/L", "208-428"]],
    ("p", "建议：清淡饮食，戒酒，两周后复查血常规；尿酸偏高，避免食用动物内脏和海鲜。"), ("p", "检验者：卓玛　审核者：纪云舒　报告日期：2026年6月10日")], True)
pdf("燃气热水器使用说明.pdf", [
    ("h1", "JSQ-16燃气热水器使用说明"), ("p", "首次使用前请打开燃气阀和进水阀，装入两节一号电池，将温度旋钮调至最低。"),
    ("p", "安装场所必须通风良好，严禁安装在浴室内。热水器与燃气表的水平净距不得小于三十厘米。"), ("h1", "故障代码"),
    [["代码", "含义", "处理方法"], ["E1", "点火失败", "检查燃气阀是否打开、电池电量是否充足"], ["E2", "意外熄火", "关机一分钟后重新启动"], ["E5", "风机故障", "停止使用并联系售后"], ["E7", "出水温度过高", "调低温度并加大水量"], ["E9", "水流传感器异常", "清洗进水滤网"]],
    ("h1", "保养与保修"), ("p", "每年请专业人员清洗一次热交换器，每三个月清洗一次进水滤网。冬季停用时须排空机内存水，以防冻裂。"),
    ("p", "整机保修三年，热交换器保修六年，电池等易损件不在保修范围内。售后热线：400-620-7718，服务时间为每天八点至二十点。")], True)
pdf("invoice-2207.pdf", [
    ("h1", "Invoice 2207"), ("p", "From: Oakridge Timber Ltd, 9 Mill Road, Perth. Bill to: Castell Joinery."), ("p", "Invoice date: 18 September 2026. Payment due: 18 October 2026. Order number: PO-5513."),
    [["Item", "Quantity", "Unit price", "Amount"], ["Oak board 25 mm", "40", "$18.50", "$740.00"], ["Pine batten", "120", "$3.20", "$384.00"], ["Birch plywood sheet", "15", "$46.00", "$690.00"], ["Delivery", "1", "$85.00", "$85.00"]],
    ("p", "Subtotal: $1,899.00. Sales tax (10%): $189.90. Total due: $2,088.90."), ("p", "Pay by bank transfer to account 334-7781-02. A discount of 2% applies if paid within ten days.")], False)
pdf("pulse-gym-membership.pdf", [
    ("h1", "Pulse Gym membership"),
    [["Plan", "Monthly fee", "Joining fee", "Classes per week", "Guest passes", "Minimum term"], ["Basic", "$29", "$40", "none", "0", "none"], ["Plus", "$45", "$25", "3", "1", "6 months"], ["Premium", "$69", "$0", "unlimited", "4", "12 months"], ["Student", "$22", "$10", "1", "0", "3 months"]],
    ("p", "The pool is open from 6:00 to 21:00 on weekdays and from 8:00 to 18:00 at weekends. The sauna is closed on Mondays for cleaning."),
    ("p", "A membership can be frozen for up to three months a year at $5 a month. Children under 14 may use the pool only, and must be accompanied by an adult."),
    ("p", "To cancel, write to the front desk thirty days in advance.")], False)

# --- slides
slides("消防安全培训.pptx", [
    ("消防安全培训", ["主讲：安保部 洪涛", "适用对象：全体驻场人员"]),
    ("火灾报警", ["发现火情先按手动报警按钮，再拨打内线6119", "报警时说明地点、燃烧物和有无人员被困", "不得乘坐电梯疏散"]),
    ("灭火器的选用", [["火灾类型", "可用灭火器", "禁用"], ["木材、纸张", "水基、干粉", "无"], ["油类", "泡沫、干粉", "直流水"], ["带电设备", "二氧化碳", "水基"], ["金属", "专用D类", "二氧化碳"]]),
    ("集合与演练", ["集合点：南门停车场", "清点人数由各楼层引导员负责", "每半年演练一次，新员工入职一周内完成培训", "灭火器每月检查一次，压力表指针应在绿区"])])
slides("new-starter-deck.pptx", [
    ("Welcome to Fernhill", ["Your first week at a glance", "Presented by Dana Whitlock, People team"]),
    ("Your first days", ["Collect your badge at reception on Monday at 8:45", "Laptop set-up with IT in room 2.14 at 10:00", "Security training must be finished by the end of day three"]),
    ("Who to ask", [["Topic", "Contact", "Channel"], ["Payroll", "Marcus Bell", "payroll@fernhill.example"], ["Building access", "Ines Duarte", "front desk"], ["IT problems", "Service desk", "dial 2200"], ["Benefits", "Yuki Tanaka", "room 3.02"]]),
    ("Benefits", ["Pension: the company adds 6% to your 4%", "Cycle scheme opens in April and October", "Private health cover starts after six months", "Free fruit on Tuesdays and Thursdays"])])

# --- mail
mail("供货延期.eml", "戴莉 <daili@jinhe.example>", "熊伟 <xiongwei@shengda.example>", "回复：三号线电缆供货", "Thu, 16 Apr 2026 09:20:00 +0800", """熊经理，您好：

与工厂核实后，ZR-YJV电缆的到货时间改为4月28日，比原计划晚六天；桥架不受影响，仍按4月22日送到工地东门。
延期产生的塔吊台班费由我司承担，上限两万元。现场收货请联系我们的司机老栾，手机13900008842。

戴莉
金禾线缆 销售部

> 2026年4月15日 熊伟 写道：
> 戴经理，原定4月22日到货的电缆能不能保证？施工队4月23日进场。
> 另外请把出厂检验报告一式三份随车带来。
""")
mail("garden-party.eml", "Helen Marsh <helen@marsh.example>", "neighbours@quarrylane.example", "Re: Summer street party", "Sun, 14 Jun 2026 18:05:00 +0100", """Hi all,

Because of the roadworks we have moved the party from 4 July to Saturday 11 July. It starts at 3 pm and the music stops at 10 pm.
Each household brings one salad or one cake. Drinks are paid from the kitty, so please give 12 pounds to Joe at number 9.
If it rains we use the scout hall on Bell Street; I have the key.

Helen

On 10 June 2026 Joe Parry wrote:
> Shall we order the bouncy castle again? Last year it was 140 pounds for the afternoon.
> I can borrow the big barbecue from my brother.
""")

# --- text, Markdown, HTML
text("市图书馆借阅规则.txt", """
江城市图书馆借阅规则

一、读者证分三类：普通证免费办理，可借图书五册；少儿证面向十六周岁以下读者，可借图书八册；研究证押金二百元，可借图书二十册并可借阅外文书。
二、图书借期为三十天，期满前可续借一次，续借期为十五天。有他人预约的图书不能续借。音像资料借期为七天，不办理续借。
三、超期不还的，每册每天收取滞纳金一角，单册累计不超过十元。
四、图书污损、遗失的，应购买同版本图书赔偿；无法购得的，按原价的三倍赔偿。
五、古籍、报刊和工具书只供馆内阅览，不外借。
六、开放时间：周二至周日九时至二十时三十分，周一闭馆；自习室每天七时三十分至二十二时开放。
七、自习室座位通过“江图”小程序预约，预约后三十分钟内未签到的自动取消，一个月内违约三次的，停止预约十天。
八、读者证遗失的，持身份证到一楼总服务台挂失，补证收取工本费十五元。
""")
text("停水通知.txt", """
关于临时停水的通知

各位居民：
因松涛路主管道更换阀门，定于11月18日（周三）22:00至11月19日6:00暂停供水，涉及松涛路12号至58号双号住户及向阳小区全体住户。
松涛路单号住户水压会降低，但不停水。
恢复供水初期水质可能发黄，请先放水三至五分钟再使用。应急送水点设在向阳小区北门，送水时间为22:00至24:00。
遇大雨施工顺延一天。咨询电话：5567 3302，现场负责人：宫师傅。
江城供水公司第三营业所
11月15日
""")
text("健身房常见问题.md", """
# 动力方舟健身常见问题

## 办卡以后多久可以退？
签约之日起七天内且未使用的，可全额退款；超过七天的，扣除已使用天数费用和百分之二十手续费。

## 请私教怎么收费？
私教课每节三百二十元，一次购买二十节以上的，每节二百六十元。单节时长六十分钟。

## 卡能转给别人吗？
年卡可以转让一次，手续费一百元，双方须到前台办理；月卡和次卡不能转让。

## 可以请假停卡吗？
年卡每年可停卡两次，每次最长六十天，须提前一天在小程序里申请。

## 有没有淋浴和毛巾？
有淋浴间，沐浴露免费；毛巾需自备，也可在前台租用，每条五元。

## 孩子能带进来吗？
十四周岁以下儿童不得进入器械区，可以在二层亲子区活动，须有家长陪同。

## 上课约了去不了怎么办？
团课开始前两小时可免费取消；未取消又缺席满三次的，七天内不能约课。
""")
text("云南五日行程.md", """
# 云南五日游行程单

团号：YN-0716　导游：段小鹿（电话 138 0000 5521）　成人 3,280 元，1.2 米以下儿童 1,680 元（不占床）

| 日期 | 行程 | 住宿 | 用餐 |
|---|---|---|---|
| 第一天 | 昆明集合，游滇池 | 昆明翠湖宾馆 | 晚 |
| 第二天 | 石林，乘动车赴大理 | 大理洱海客栈 | 早、午 |
| 第三天 | 环洱海骑行，喜洲古镇 | 大理洱海客栈 | 早 |
| 第四天 | 玉龙雪山，丽江古城 | 丽江束河院子 | 早、午、晚 |
| 第五天 | 束河自由活动，送机 | 无 | 早 |

## 费用包含
动车票、住宿、门票、旅行社责任险。

## 费用不含
- 玉龙雪山大索道 120 元
- 单房差 560 元
- 氧气瓶 每瓶 35 元

## 退团
出发前七天以上退团的，扣团费百分之十；三至六天的扣百分之四十；不足三天的扣百分之八十。
满六十周岁须有家属同行，有高原反应史的不建议参加第四天行程。
""")
(OUT / "口腔诊所价目.html").write_text("""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>康齿口腔价目表</title></head><body>
<h1>康齿口腔价目表</h1>
<table border="1">
<tr><th rowspan="2">类别</th><th rowspan="2">项目</th><th colspan="2">价格（元）</th><th rowspan="2">需时</th></tr>
<tr><th>门市价</th><th>会员价</th></tr>
<tr><td rowspan="2">洁牙</td><td>超声波洁牙</td><td>280</td><td>198</td><td>40分钟</td></tr>
<tr><td>喷砂</td><td>160</td><td>120</td><td>20分钟</td></tr>
<tr><td rowspan="3">拔牙</td><td>普通牙</td><td>300</td><td>260</td><td>30分钟</td></tr>
<tr><td>智齿</td><td>900</td><td>780</td><td>60分钟</td></tr>
<tr><td>乳牙</td><td>90</td><td>70</td><td>10分钟</td></tr>
<tr><td>修复</td><td>全瓷冠</td><td>3200</td><td>2800</td><td>两次就诊</td></tr>
</table>
<h2>就诊须知</h2>
<p>初诊挂号费二十元，会员免收。改约须提前四小时致电，爽约两次者须预付定金一百元。</p>
<p>拔牙后两小时内不可进食，二十四小时内不可刷牙漱口。孕妇在怀孕头三个月和最后三个月不宜拔牙。</p>
<p>会员卡年费三百六十元，家庭成员可共用，最多四人。</p>
</body></html>
""", encoding="utf-8")
odt("流感疫苗接种须知.odt", [
    ("h1", "流感疫苗接种须知"), ("p", "接种对象：六月龄以上且无禁忌的人群。六十五岁以上本市户籍老人免费接种，其他人员自费，三价疫苗每剂五十八元，四价疫苗每剂一百二十八元。"),
    ("p", "剂次：九岁以上接种一剂；六月龄至八岁首次接种的，需接种两剂，间隔不少于四周。"), ("p", "接种地点与时间：青石街道卫生服务中心二楼，每周二、周五下午一点半至四点，请先在“健康青石”公众号预约。"),
    ("p", "禁忌：对鸡蛋严重过敏、发热或处于急性疾病期的人员不能接种。"), ("h2", "接种之后"), ("p", "请在现场留观三十分钟。接种当天不要洗澡，一周内避免饮酒。局部红肿一般两三天消退，体温超过三十八度五应就医。")])
odt("riverside-clinic.odt", [
    ("h1", "Riverside Clinic: information for patients"), ("p", "Doctors see patients from Monday to Friday between 8:30 and 17:30. On Saturday only Dr Amara Okafor is here, from 9:00 to noon."),
    ("p", "Blood is taken every weekday before 10:00; please do not eat for eight hours beforehand. Results are ready after three working days."),
    ("p", "Repeat prescriptions need two working days. We do not give prescriptions over the telephone."), ("h2", "Missed visits"),
    ("p", "If you cannot come, tell us at least twelve hours ahead. After three missed visits in a year you may be asked to find another practice."),
    ("h2", "Travel vaccines"), ("p", "Nurse Paula Reyes gives travel vaccines on Thursdays. Yellow fever costs 68 pounds; hepatitis A is free of charge.")])
text("parental-leave.md", """
# Parental leave policy

Applies to all employees of Northgate Foods with at least 26 weeks of service.

## Entitlement

- The parent who gives birth takes up to 40 weeks, of which 18 weeks are fully paid.
- The other parent takes up to 6 weeks, of which 3 weeks are fully paid.
- Adopting parents have the same rights as the parent who gives birth.

Employees with less than 26 weeks of service receive unpaid leave only.

## Notice

Tell your manager at least 15 weeks before the expected date. In the case of a premature birth no notice is required.

## Exceptions

Seasonal workers are not covered. For multiple births, the paid period is extended by 4 weeks per additional child.

## Coming back

Employees return to the same job. Part-time work is possible for the first 12 months; requests go to Beatrix Holm in HR and are answered within 20 days.
""")
text("parking-policy-2022.txt", """
Parking Policy (edition of May 2022)

Superseded by the edition of February 2026.

Employees park in lots A and B free of charge. Visitors park in lot D for up to 2 hours.
The fine for parking in a reserved space is $30.
Electric cars may be charged for 3 hours at no cost.
""")
text("parking-policy-2026.txt", """
Parking Policy (edition of February 2026)

Employees park in lot B; a permit costs $15 a month. Lot A is reserved for contractors. Visitors park in lot D for up to 4 hours.
The fine for parking in a reserved space is $55, and the car is towed at the third offence.
Electric cars may be charged for 5 hours; each charge costs $4.
Permits are issued by Owen Pratt in Facilities. Motorcycles need no permit.
""")
text("tidemark-faq.md", """
# Tidemark backup: questions and answers

**How do I restore a single file?**

Open the History tab, choose the day, right-click the file and select *Bring back*.

**How long are old versions kept?**

Thirty days on the free plan and one year on the paid plan.

**Does it run on Linux?**

Not yet. Tidemark runs on Windows 10 or later and on macOS 13 or later.

**What happens when my quota is full?**

New files are no longer uploaded, but existing ones stay available. You receive an e-mail at 90% of the quota.

**Can I change the encryption key later?**

No. The key is fixed when the vault is created; to use another one you must create a new vault.

**Where is my data stored?**

In data centres in Finland and Portugal, never outside the European Union.
""")
(OUT / "espresso-machine.html").write_text("""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Brewmaster 300 manual</title></head><body>
<h1>Brewmaster 300 manual</h1>
<h2>Before first use</h2><p>Rinse the tank and run two litres of clean water through the machine. Never fill the tank with milk.</p>
<h2>Descaling</h2><p>Descale every two months, or every month where the water is hard. Dissolve one sachet of citric acid in one litre of water, pour it into the tank and hold the steam button for five seconds. The cycle takes 25 minutes.</p>
<h2>Lights</h2>
<table><tr><th>Light</th><th>Meaning</th><th>What to do</th></tr>
<tr><td>Blue, steady</td><td>Ready</td><td>Nothing</td></tr>
<tr><td>Red, flashing</td><td>Tank empty</td><td>Fill the tank</td></tr>
<tr><td>Orange, steady</td><td>Descaling needed</td><td>Run the descaling cycle</td></tr>
<tr><td>Orange, flashing</td><td>Grounds container full</td><td>Empty the container</td></tr></table>
<h2>Technical data</h2>
<table><tr><td>Pressure</td><td>15 bar</td></tr><tr><td>Power</td><td>1450 W</td></tr><tr><td>Tank</td><td>1.8 litres</td></tr><tr><td>Weight</td><td>6.4 kg</td></tr><tr><td>Cable</td><td>1.2 m</td></tr></table>
<h2>Warranty</h2><p>The machine is guaranteed for two years from the date of purchase. Damage caused by scale is not covered.</p>
</body></html>
""", encoding="utf-8")
text("allotment-minutes.txt", """
Minutes of the Allotment Society, 3 March 2026
Present: Walter Finch (chair), Rosa Beck, Imran Sheikh, Nora Quill (minutes). Apologies: Peter Lowe.

1. Water. The pump will be repaired by Imran Sheikh before Easter. Until then watering is allowed only before 9 am.
2. Rent. The yearly rent of a full plot goes up from 48 to 54 pounds from 1 October. Half plots stay at 30 pounds.
3. Waiting list. There are 23 people on the list; Rosa Beck will write to them in April.
4. Bonfires. Bonfires are forbidden from May to September. The society voted seven to two for this.
5. Shed. The offer of 1,150 pounds from Greenline was accepted; the offer of 980 pounds from Cabinco was rejected because of the missing guarantee.
Next meeting: 7 April, 7 pm, at the Plough.
""")
(OUT / "forum-programme.html").write_text("""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Forum programme 论坛日程</title></head><body>
<h1>长三角水务论坛日程 Delta Water Forum Programme</h1>
<p>地点 Venue：苏州会议中心三层 Suzhou Convention Centre, level 3</p>
<table>
<tr><th>时间 Time</th><th>报告 Talk</th><th>报告人 Speaker</th><th>会场 Room</th></tr>
<tr><td>09:00</td><td>漏损控制 Leakage control</td><td>屈原野 Qu Yuanye</td><td>听涛厅 Tingtao</td></tr>
<tr><td>10:30</td><td>海绵城市 Sponge cities</td><td>Anna Keller</td><td>观澜厅 Guanlan</td></tr>
<tr><td>13:30</td><td>污泥处置 Sludge disposal</td><td>管彤 Guan Tong</td><td>听涛厅 Tingtao</td></tr>
<tr><td>15:00</td><td>智慧水表 Smart meters</td><td>Luis Moreno</td><td>揽月厅 Lanyue</td></tr>
</table>
<p>晚宴 18:30 在一层百合厅举行，凭胸牌入场。The dinner is at 18:30 in the Lily room on level 1; bring your badge.</p>
<p>会议提供中英同声传译，接收机在签到处领取，押证件一份。Receivers for interpretation are at the registration desk against an ID.</p>
</body></html>
""", encoding="utf-8")
