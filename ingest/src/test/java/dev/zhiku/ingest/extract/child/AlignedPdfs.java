package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PDFs with tables that have no rules, as programs for accounts, timetables, laboratories and
 * offers print them, and two without a table.
 */
final class AlignedPdfs {
  private AlignedPdfs() {}

  static Map<String, Sample> all() throws IOException {
    Map<String, Sample> files = new LinkedHashMap<>();
    files.put("balance.pdf", balance());
    files.put("利润表.pdf", profit());
    files.put("prices.pdf", prices());
    files.put("timetable.pdf", timetable());
    files.put("报价单.pdf", offer());
    files.put("laboratory.pdf", laboratory());
    files.put("化验单.pdf", bloodTest());
    files.put("stations.pdf", stations());
    files.put("article.pdf", article());
    files.put("letter.pdf", letter());
    return files;
  }

  private static Sample balance() throws IOException {
    float[] ends = {380, 460, 540};
    return DrawnPage.pdf(
        page ->
            page.bold(72, 760, 14, "Consolidated balance sheet")
                .text(72, 742, "at 31 December 2026, in thousands of euros")
                .rowToRight(716, ends, "Note", "2026", "2025")
                .bold(72, 700, 10, "Non-current assets")
                .text(72, 686, "Property, plant and equipment")
                .rowToRight(686, ends, "11", "48,210", "45,977")
                .text(72, 672, "Goodwill")
                .rowToRight(672, ends, "12", "6,400", "6,400")
                .text(72, 658, "Investments in associates")
                .rowToRight(658, ends, "", "1,035", "988")
                .text(72, 644, "Deferred tax assets")
                .rowToRight(644, ends, "", "", "214")
                .rowToRight(630, ends, "", "55,645", "53,579")
                .bold(72, 612, 10, "Current assets")
                .text(72, 598, "Inventories")
                .rowToRight(598, ends, "14", "9,871", "10,402")
                .text(72, 584, "Trade receivables, net of allowances for")
                .text(72, 572, "doubtful accounts")
                .rowToRight(572, ends, "15", "12,606", "11,930")
                .text(72, 558, "Hedging reserve")
                .rowToRight(558, ends, "", "(342)", "(97)")
                .text(72, 544, "Cash")
                .rowToRight(544, ends, "", "3,118", "2,754")
                .text(72, 500, "The notes on pages 9 to 31 are part of these statements."));
  }

  private static Sample profit() {
    float[] ends = {300, 400, 500};
    return WrittenPage.pdf(
        page ->
            page.text(230, 790, 14, "合并利润表")
                .text(72, 764, 10, "编制单位：远帆造纸股份有限公司")
                .text(440, 764, 10, "单位：万元")
                .text(100, 740, 10, "项目")
                .rowToRight(740, ends, "附注", "本期金额", "上期金额")
                .text(72, 722, 10, "一、营业总收入")
                .rowToRight(722, ends, "", "86,420.15", "79,003.60")
                .text(92, 704, 10, "其中：营业收入")
                .rowToRight(704, ends, "五、31", "86,420.15", "79,003.60")
                .text(72, 686, 10, "二、营业总成本")
                .rowToRight(686, ends, "", "71,958.02", "68,112.44")
                .text(92, 668, 10, "税金及附加")
                .rowToRight(668, ends, "五、32", "512.30", "498.07")
                .text(92, 650, 10, "研发费用")
                .rowToRight(650, ends, "五、35", "3,066.91", "")
                .text(92, 632, 10, "资产处置收益")
                .rowToRight(632, ends, "", "", "27.55")
                .text(72, 614, 10, "三、营业利润")
                .rowToRight(614, ends, "", "14,462.13", "10,891.16"));
  }

  private static Sample prices() throws IOException {
    float[] at = {60, 130, 330};
    float[] ends = {440, 520};
    return DrawnPage.pdf(
        page ->
            page.bold(60, 760, 16, "Price list for resellers")
                .bold(60, 720, 10, "Item no.")
                .bold(130, 720, 10, "Description")
                .bold(330, 720, 10, "Pack")
                .bold(412, 720, 10, "Price")
                .bold(484, 720, 10, "Deposit")
                .row(700, at, "44-1007", "Hand pump with brass valve,", "1 piece")
                .text(130, 688, "hose of 2 m and wall bracket")
                .rowToRight(700, ends, "118.00", "")
                .row(668, at, "44-1010", "Spare gasket", "10 pieces")
                .rowToRight(668, ends, "7.90", "")
                .row(648, at, "44-1022", "Barrel, food grade, with lid", "1 piece")
                .text(130, 636, "and tightening ring; may be")
                .text(130, 624, "returned within a year")
                .rowToRight(648, ends, "64.50", "20.00")
                .row(604, at, "44-1031", "Tap for barrels", "")
                .rowToRight(604, ends, "5.25", "")
                .row(584, at, "44-1040", "Crate", "4 pieces")
                .rowToRight(584, ends, "on request", "3.50"));
  }

  private static Sample timetable() throws IOException {
    float[] middles = {200, 260, 320, 380, 440};
    List<List<String>> rows =
        List.of(
            List.of("Alderholt", "5:12", "6:40", "8:05", "", "17:31"),
            List.of("Brock Mill", "5:20", "6:48", "", "", "17:39"),
            List.of("Cranford", "5:33", "7:01", "8:22", "12:10", "17:52"),
            List.of("Dunmere Quay", "", "7:19", "", "12:28", "18:10"),
            List.of("Easterly", "", "7:30", "8:47", "12:39", "18:21"));
    return DrawnPage.pdf(
        page -> {
          page.bold(72, 760, 14, "Line 7, Mondays to Fridays").text(72, 730, "Stop");
          List<String> trains = List.of("R 701", "R 703", "X 91", "R 709", "R 711");
          for (int c = 0; c < trains.size(); c++) {
            page.centred(middles[c], 730, trains.get(c));
          }
          float y = 714;
          for (List<String> row : rows) {
            page.text(72, y, row.getFirst());
            for (int c = 1; c < row.size(); c++) {
              page.centred(middles[c - 1], y, row.get(c));
            }
            y -= 15;
          }
          page.text(72, y - 20, "X trains need a reservation, which is free.");
        });
  }

  private static Sample offer() {
    float[] at = {60, 100, 200, 340};
    float[] ends = {430, 520};
    return WrittenPage.pdf(
        page ->
            page.text(240, 790, 16, "设备报价单")
                .row(750, at, "序号", "名称", "规格", "数量")
                .rowToRight(750, ends, "单价", "备注")
                .row(728, at, "1", "离心泵", "流量50立方米每小时，", "2台")
                .text(200, 715, 10, "扬程32米，带底座")
                .rowToRight(728, ends, "12800", "含税")
                .row(693, at, "2", "止回阀", "DN80", "4只")
                .rowToRight(693, ends, "460", "")
                .row(671, at, "3", "压力表", "", "4只")
                .rowToRight(671, ends, "95", "现货")
                .row(649, at, "4", "控制柜", "变频，一拖二，户外型，", "")
                .text(200, 636, 10, "防护等级IP55")
                .rowToRight(649, ends, "面议", "")
                .row(614, at, "5", "安装费", "", "1项")
                .rowToRight(614, ends, "3000", "不含吊装"));
  }

  private static Sample laboratory() throws IOException {
    float[] at = {60, 230, 300, 370, 500};
    return DrawnPage.pdf(
        page ->
            page.bold(60, 760, 14, "Laboratory report 26-11873")
                .text(60, 735, "Patient: Ines Varga")
                .text(330, 735, "Taken: 4 March 2026, 7:50")
                .row(705, at, "Analysis", "Result", "Flag", "Reference", "Unit")
                .text(60, 688, "Haematology")
                .row(674, at, "Haemoglobin", "11.2", "L", "12.0 - 15.5", "g/dl")
                .row(660, at, "White blood cells", "6.8", "", "4.0 - 10.0", "G/l")
                .row(646, at, "Platelets", "402", "H", "150 - 400", "G/l")
                .text(60, 629, "Clinical chemistry")
                .row(615, at, "Sodium", "139", "", "135 - 145", "mmol/l")
                .row(601, at, "C-reactive protein", "< 0.5", "", "< 5.0", "mg/l")
                .row(587, at, "Rheumatoid factor", "negative", "", "", "")
                .row(573, at, "Ferritin", "8", "L", "15 - 150", "ug/l"));
  }

  private static Sample bloodTest() {
    float[] at = {60, 220, 300, 350, 460};
    return WrittenPage.pdf(
        page ->
            page.text(220, 790, 14, "血常规检验报告单")
                .text(60, 765, 10, "姓名：罗静")
                .text(220, 765, 10, "科室：心内科")
                .text(400, 765, 10, "床号：17")
                .row(735, at, "检验项目", "结果", "提示", "参考区间", "单位")
                .row(717, at, "白细胞计数", "11.6", "↑", "3.5-9.5", "10^9/L")
                .row(699, at, "红细胞计数", "4.31", "", "3.8-5.1", "10^12/L")
                .row(681, at, "血红蛋白", "128", "", "115-150", "g/L")
                .row(663, at, "血小板计数", "96", "↓", "125-350", "10^9/L")
                .row(645, at, "幼稚细胞", "未见", "", "", "")
                .row(627, at, "C反应蛋白", "23.4", "↑", "0-6", "mg/L")
                .text(60, 595, 10, "本报告仅对所检标本负责，如有疑问请在三日内与检验科联系。"));
  }

  private static Sample stations() throws IOException {
    float[] ends = {250, 320, 400, 470};
    return DrawnPage.pdf(
        page -> {
          page.bold(72, 760, 14, "Water levels of the gauging stations")
              .centred(267, 732, "Level (cm)")
              .centred(420, 732, "Discharge")
              .text(72, 718, "Station")
              .rowToRight(718, ends, "mean", "highest", "mean", "highest");
          stationRows(page, 702, "Upper", ends);
        },
        page -> {
          page.text(72, 760, "Station").rowToRight(760, ends, "mean", "highest", "mean", "highest");
          stationRows(page, 744, "Lower", ends);
          page.text(72, 100, "Stations without a figure were under repair.");
        });
  }

  private static void stationRows(DrawnPage page, float top, String name, float[] ends)
      throws IOException {
    float y = top;
    for (int i = 1; i <= 30; i++) {
      page.text(72, y, name + " weir " + i)
          .rowToRight(
              y,
              ends,
              String.valueOf(80 + i),
              i % 5 == 0 ? "" : String.valueOf(200 + 3 * i),
              i % 7 == 0 ? "" : 12 + i + ".4",
              String.valueOf(150 + i));
      y -= 18;
    }
  }

  private static Sample article() throws IOException {
    List<String> left =
        List.of(
            "1 Introduction",
            "Peat bogs store about a third of",
            "the carbon of all soils although",
            "they cover 3 % of the land only.",
            "Drained for hay in the 1950s the",
            "bog of Tarn lost 40 cm of height",
            "by 1998. Since then 212 ditches",
            "were closed with boards of larch",
            "and the water came back within",
            "four years.");
    List<String> right =
        List.of(
            "2 Methods",
            "Levels were read in 24 tubes on",
            "the first day of each month. Two",
            "of them were lost in the fire of",
            "2003, and they are left out here.",
            "Gases were drawn from chambers",
            "of 60 litres, sealed with water,",
            "at noon and before dawn, and a",
            "part of each sample was kept for",
            "later tests.");
    return DrawnPage.pdf(
        page -> {
          page.bold(72, 740, 16, "Closing ditches brings a bog back");
          for (int i = 0; i < left.size(); i++) {
            page.text(72, 700 - 13 * i, left.get(i)).text(320, 700 - 13 * i, right.get(i));
          }
        });
  }

  private static Sample letter() throws IOException {
    return DrawnPage.pdf(
        page ->
            page.text(72, 760, "Lindqvist & Roe")
                .text(400, 760, "Your sign: MK-31")
                .text(72, 746, "14 Mill Lane")
                .text(400, 746, "Our sign: 0807/a")
                .text(72, 732, "Port Ellery")
                .text(400, 732, "Date: 9 July 2026")
                .bold(72, 690, 10, "Repair of the sluice")
                .text(72, 664, "Dear Mr Kade,")
                .text(72, 640, "we thank you for your order of 2 July and shall begin the work on")
                .text(72, 627, "Monday, 20 July. It takes nine days. While it lasts, the lock is")
                .text(72, 614, "closed to boats longer than 12 m.")
                .text(72, 590, "Yours sincerely")
                .text(72, 550, "Anna Roe")
                .text(300, 550, "Peter Lindqvist")
                .text(72, 536, "Manager")
                .text(300, 536, "Foreman"));
  }
}
