package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.grounding.CitationCheck;
import dev.zhiku.answering.grounding.Likeness;
import dev.zhiku.answering.markdown.SafeMarkdown;
import dev.zhiku.answering.search.Editions;
import dev.zhiku.answering.search.OtherLanguage;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.answering.watch.UnaskedLanguage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.embedding.Language;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is known of one answer while it is made. Used by one thread. */
final class AnswerDraft {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id = "q_" + randomHex();
  private final Question question;
  private final String standalone;
  private final Duration rewriting;
  private Retrieval retrieval;
  private final OptionalInt ofDocument;
  private final List<Warning> warnings = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final long start;
  private long generating;
  private long generated;
  private final PromptTokens tokens = new PromptTokens();
  private Optional<GenerationResult.Finish> finish = Optional.empty();
  private List<ToolCall> calls = List.of();
  private Optional<String> unsupported = Optional.empty();
  private Likeness likeness = Likeness.NONE;
  private Supplier<OtherLanguage> elsewhere = () -> OtherLanguage.NONE;

  /**
   * @param ofDocument passages of the document that all of is asked for
   * @param start when the question came, by {@link System#nanoTime()}
   */
  AnswerDraft(
      Question question,
      FollowUpWriter.Standalone standalone,
      Retrieval retrieval,
      OptionalInt ofDocument,
      long start) {
    this.question = question;
    this.standalone = standalone.question();
    this.rewriting = standalone.took();
    this.retrieval = retrieval;
    this.ofDocument = ofDocument;
    this.start = start;
    if (standalone.byRule()) {
      warn(Warning.of(WarningCode.FOLLOW_UP_BY_RULE));
    }
    retrieval.absent().forEach(phrase -> warn(Warning.of(WarningCode.PHRASE_NOWHERE, phrase)));
    retrieval.unknownNames().forEach(name -> warn(Warning.of(WarningCode.NAME_NOWHERE, name)));
    if (!retrieval.unsearched().isEmpty()) {
      warn(Warning.of(WarningCode.LANGUAGE_UNSEARCHED));
    }
    if (!retrieval.away().isEmpty()) {
      warn(Warning.of(WarningCode.EMBEDDER_AWAY));
    }
    if (retrieval.otherLanguage().nothingElse()) {
      warnOfOtherLanguage(retrieval.otherLanguage());
    }
  }

  private void warnOfOtherLanguage(OtherLanguage other) {
    warn(Warning.of(WarningCode.OTHER_LANGUAGE, other.documents(), other.names()));
  }

  /** Of a question that nobody looks for anything for: it is for the model, or small talk. */
  static AnswerDraft unsearched(Question question, long start) {
    return new AnswerDraft(
        question,
        new FollowUpWriter.Standalone(question.text(), false, Duration.ZERO),
        Retrieval.NONE,
        OptionalInt.empty(),
        start);
  }

  private static String randomHex() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String id() {
    return id;
  }

  Question question() {
    return question;
  }

  String standalone() {
    return standalone;
  }

  /** The question in the words of what was found. */
  String inWordsOfDocuments() {
    return retrieval.asked().isEmpty() ? standalone : retrieval.asked();
  }

  Retrieval retrieval() {
    return retrieval;
  }

  /**
   * Replacement of the retrieval by the judged one, which marks the sentences that answer by
   * meaning.
   */
  void judged(Retrieval judged) {
    retrieval = judged;
  }

  /** Sets the comparison by meaning of what a model writes with its passages. */
  void compareBy(Likeness meaning) {
    likeness = meaning;
  }

  /** Sets who looks for documents in another language once nothing answers the question. */
  void lookElsewhereBy(Supplier<OtherLanguage> search) {
    elsewhere = search;
  }

  Likeness likeness() {
    return likeness;
  }

  void warn(Warning warning) {
    warnings.add(warning);
  }

  void planned(PromptWriter.Plan plan) {
    tokens.planned(plan);
    generating = System.nanoTime();
    if (isOfWholeDocument()) {
      warnOfPart();
    } else if (!plan.withoutRoom(offered()).isEmpty()) {
      warn(Warning.of(WarningCode.CONTEXT_CUT, fitted(), offered()));
    }
  }

  private void warnOfPart() {
    int all = ofDocument.orElse(fitted());
    warnings.removeIf(warning -> warning.code() == WarningCode.PART_OF_DOCUMENT);
    if (fitted() < all) {
      warn(Warning.of(WarningCode.PART_OF_DOCUMENT, fitted(), all));
    }
  }

  private int offered() {
    return retrieval.passages().size();
  }

  /** Whether all of one document is asked for. */
  boolean isOfWholeDocument() {
    return ofDocument.isPresent();
  }

  void appendText(String part) {
    text.append(part);
  }

  void appendReasoning(String part) {
    reasoning.append(part);
  }

  /** What was taken for the answer was not; all of the reasoning so far is this. */
  void restart(String thought) {
    text.setLength(0);
    reasoning.setLength(0);
    reasoning.append(thought);
  }

  /** The text is told anew; the reasoning stands. */
  void restartText() {
    text.setLength(0);
  }

  /** Passages that fitted into the prompt. */
  int fitted() {
    return tokens.passages();
  }

  /**
   * @param counted whether a model counted the tokens of the prompt as planned
   */
  void completed(GenerationResult completion, boolean counted) {
    generated = System.nanoTime();
    finish = Optional.of(completion.finish());
    calls = completion.calls();
    boolean off = tokens.counted(completion);
    if (counted && readsWordsAlone() && off) {
      warn(Warning.of(WarningCode.BUDGET_OFF, tokens.planned(), completion.promptTokens()));
    }
  }

  /** A generator gave up before a word of its answer; another begins anew. */
  void beginAnew() {
    text.setLength(0);
    finish = Optional.empty();
  }

  /** Withholding of the text so far, which has no support; the quotes that follow replace it. */
  void withhold() {
    unsupported = Optional.of(text.toString());
    beginAnew();
  }

  /** Whether a piece was handed out. */
  boolean isStarted() {
    return !text.isEmpty() || !reasoning.isEmpty();
  }

  /**
   * Whether there is no word of an answer, or only that there is none.
   *
   * @param written whether a model made the words
   */
  boolean isSilent(boolean written) {
    return text.toString().isBlank() || (written && RefusalDetector.isSaidIn(text.toString()));
  }

  /** Whether the words so far are in another language than the question. */
  boolean isInOtherLanguage() {
    return UnaskedLanguage.isUsed(question.text(), text.toString());
  }

  Answer passagesOnly(ModelDescription model) {
    return answer(Answer.Status.PASSAGES, Optional.empty(), List.of(), model);
  }

  Answer noEvidence(ModelDescription model) {
    if (!retrieval.otherLanguage().nothingElse()) {
      OtherLanguage known = retrieval.otherLanguage();
      OtherLanguage other = known.documents() > 0 ? known : elsewhere.get();
      if (other.documents() > 0) {
        warnOfOtherLanguage(other);
      }
    }
    String none = AnswerTexts.noEvidence(Language.localeOf(question.text()));
    return answer(Answer.Status.NO_EVIDENCE, Optional.of(none), List.of(), model);
  }

  /** The passages that an answer may cite, in the order of their numbers. */
  List<ScoredPassage> cited() {
    return tokens.areInOrder() ? retrieval.passages().subList(0, fitted()) : retrieval.passages();
  }

  /** The numbers of the passages in the order in which the writer counts them. */
  List<Integer> numbers() {
    return tokens.numbers();
  }

  /** What a model said without a look into the documents; a warning says so. */
  Answer chatted(ModelDescription model) {
    warnings.addFirst(Warning.of(WarningCode.NOT_FROM_DOCUMENTS));
    return answer(Answer.Status.ANSWERED, Optional.of(text.toString()), List.of(), model);
  }

  /** A reply that was written beforehand; a warning says so. */
  Answer replied(String reply, ModelDescription model) {
    appendText(reply);
    warn(Warning.of(WarningCode.FIXED_REPLY));
    return answer(Answer.Status.ANSWERED, Optional.of(reply), List.of(), model);
  }

  Answer answered(ModelDescription model) {
    CitationCheck.Checked checked =
        model.aiGenerated()
            ? CitationCheck.written(text.toString(), cited(), standalone, likeness)
            : CitationCheck.quoted(text.toString(), cited());
    if (checked.unverified() > 0) {
      warn(Warning.of(WarningCode.UNVERIFIED, checked.unverified()));
    }
    warnOfVersions(checked.citations());
    return answer(
        Answer.Status.ANSWERED, Optional.of(checked.answer()), checked.citations(), model);
  }

  private void warnOfVersions(List<Citation> citations) {
    List<DocumentMeta> versions =
        Editions.conflicting(
            retrieval.passages(), citations.stream().map(Citation::found).distinct().toList());
    if (!versions.isEmpty()) {
      String named =
          versions.stream()
              .map(d -> d.name() + " (" + d.modifiedAt().atZone(ZoneOffset.UTC).toLocalDate() + ")")
              .collect(Collectors.joining(", "));
      warn(Warning.of(WarningCode.CONFLICTING_VERSIONS, named));
    }
  }

  /** Servers write tools and schemas in forms of their own, which no plan knows. */
  private boolean readsWordsAlone() {
    return question.wishes().handover().read().isEmpty();
  }

  /** Whether the text is JSON that a client asked for, which its program reads as it is. */
  boolean isJson() {
    return question.mode() == Question.Mode.CHAT && question.wishes().handover().isJson();
  }

  private Answer answer(
      Answer.Status status,
      Optional<String> words,
      List<Citation> citations,
      ModelDescription model) {
    boolean answered = status == Answer.Status.ANSWERED;
    return new Answer(
        id,
        status,
        question,
        standalone,
        isJson() ? words : words.map(SafeMarkdown::of),
        unsupported.map(SafeMarkdown::of),
        Optional.of(reasoning.toString()).filter(text -> !text.isEmpty()).map(SafeMarkdown::of),
        answered ? finish : Optional.empty(),
        calls,
        new Answer.Generator(model.backend(), model.name(), model.aiGenerated() && answered),
        citations,
        retrieval.passages(),
        retrieval.epoch(),
        tokens.budget(model, offered()),
        warnings,
        timings());
  }

  private Answer.Timings timings() {
    return new Answer.Timings(
        rewriting,
        retrieval.embedding(),
        retrieval.searching(),
        Duration.ofNanos(generated - generating),
        Duration.ofNanos(System.nanoTime() - start));
  }
}
