package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ModelDescription;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of the prompt of one answer, as planned and as the model counted them. Not thread-safe.
 */
final class PromptTokens {
  private static final double PLAN_TOLERANCE = 0.1;
  private static final double CUT_IN_HALF = 0.55;

  /** Tokens that may be missing without a word; of a short prompt they are a large share. */
  private static final int SMALL_CUT = 64;

  private Optional<PromptWriter.Plan> plan = Optional.empty();
  private int prompt;
  private int completion;

  void planned(PromptWriter.Plan planned) {
    plan = Optional.of(planned);
    prompt = planned.tokens();
  }

  /** Of the last plan; without one, as counted. */
  int planned() {
    return plan.map(PromptWriter.Plan::tokens).orElse(prompt);
  }

  /** Passages that fitted into the prompt. */
  int passages() {
    return plan.map(PromptWriter.Plan::passages).orElse(0);
  }

  /** Whether the writer counts the passages as they were found. */
  boolean areInOrder() {
    return plan.flatMap(PromptWriter.Plan::layout).isEmpty();
  }

  /** The numbers of the passages in the order in which the writer counts them. */
  List<Integer> numbers() {
    return plan.map(PromptWriter.Plan::numbers).orElse(List.of());
  }

  /**
   * Takes what was counted.
   *
   * @return whether the prompt was cut, as far as the plan tells
   */
  boolean counted(GenerationResult counted) {
    prompt = counted.promptTokens();
    completion = counted.completionTokens();
    return isOffPlan();
  }

  /**
   * Fewer tokens than planned, without those set aside for frames that a template need not have,
   * mean that the server cut the prompt; more, that the model's vocabulary is another than the
   * estimate's, which the next prompt takes into account. An estimate that nothing has corrected
   * yet lies above, and only half of it is a reason to speak.
   */
  private boolean isOffPlan() {
    boolean reliable = plan.map(PromptWriter.Plan::reliable).orElse(true);
    int least = planned() - plan.map(PromptWriter.Plan::frames).orElse(0);
    if (least - prompt <= SMALL_CUT) {
      return false;
    }
    double share = (double) prompt / least;
    return share < (reliable ? 1 - PLAN_TOLERANCE : CUT_IN_HALF);
  }

  /**
   * @param offered passages that were found for the prompt
   */
  Answer.Budget budget(ModelDescription model, int offered) {
    return new Answer.Budget(
        model.contextTokens(),
        prompt,
        completion,
        offered,
        passages(),
        plan.map(PromptWriter.Plan::repeated).orElse(List.of()),
        plan.map(given -> given.withoutRoom(offered)).orElse(List.of()));
  }
}
