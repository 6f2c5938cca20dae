package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AskedFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "退货要付多少运费？|退货运费由买家承担。|退货须保持包装完好。",
        "会员卡年费多少钱？|年费: 免费|会员卡可在前台办理。",
        "值班室的电话是多少？|值班室 6120|值班室昼夜有人。",
        "售后邮箱是什么？|售后: help@tern.example|售后部负责退换。",
        "系统的网址是什么？|访问 https://a.example|系统由信息部维护。",
        "水箱有多重？|水箱重 40 千克|水箱采用不锈钢。",
        "泳池的水温是多少度？|水温保持在二十六度。|泳池每日七时开放。",
        "食堂建于哪一年？|食堂建于一九九八年。|食堂供应早餐和午餐。",
        "合格率是多少？|合格率为 98%|质检员抽查产品。",
        "滤芯多久更换一次？|滤芯每季更换。|滤芯由供应商更换。",
        "报名什么时候截止？|报名截至周五。|报名表交工会。",
        "培训有多少人参加？|三十人参加了培训。|培训由人事部组织。",
        "这种硅胶管多少钱？|名称: 硅胶管 3.2 毫米, 目录价: 265|名称: 硅胶管 3.2 毫米, 10 米",
        "河西栈的掌灯是谁？|栈: 河西栈，掌灯: 费一帆，灯数: 52|栈: 河西栈，灯数: 52",
        "库房在哪里？|库房位于二号楼。|库房须保持干燥。",
        "明湖的案子是哪位律师在办？|4. 明湖破产清算，承办律师：祝青禾。|4. 明湖破产清算，案号海破5号。",
        "樊若谷的电话是多少？|樊若谷：6120|起诉书文号[2024]第96号，承办：樊若谷。",
        "Which e mail address takes requests?|Write to leave@alder.example|Write to the office.",
        "From which day do I need a note?|A note is needed from the fourth day.|A note is needed.",
        "How much does the permit cost?|The permit costs 40 euros.|The permit is required.",
        "What is the phone number of the desk?|Desk: 555 0173|The desk is staffed.",
        "When was the bridge built?|The bridge was built in 1931.|The bridge is made of steel.",
        "How many seats does the hall have?|The hall seats ninety.|The hall has been renovated.",
        "How deep is the tank?|The tank is 4 m deep.|The tank was painted.",
        "What percentage of parts failed?|Half of the parts failed.|Parts failed during tests.",
        "How much is the deposit for a key?|A key needs a deposit of $20.|Keys are at the desk.",
        "How quickly are claims paid?|Claims are paid within ten days.|Claims are paid by bank.",
        "How far in advance must I book?|Book two weeks ahead.|Book at the desk.",
        "How often is the filter changed?|It is changed weekly.|The filter is changed by Tern.",
      })
  void a_text_without_the_form_of_what_is_asked_is_told_from_one_with_it(
      String question, String with, String without) {
    AskedForm form = AskedForm.of(question).orElseThrow();

    assertThat(form.isIn(with, question)).as(with).isTrue();
    assertThat(form.isIn(without, question)).as(without).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "供应商准入条件是什么？",
        "为什么要断电？",
        "如何申请门禁卡？",
        "Why must the valve be closed?",
        "What is the hourly plan?",
        "How do I claim a parcel?",
        "What happens when the door is open?",
      })
  void a_question_for_no_form_gets_none(String question) {
    assertThat(AskedForm.of(question)).isEmpty();
  }
}
