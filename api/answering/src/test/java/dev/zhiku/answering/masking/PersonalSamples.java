package dev.zhiku.answering.masking;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Made-up numbers and addresses of persons, each in twelve ways of writing it. Seeded. */
public final class PersonalSamples {
  /** Ways of writing one. */
  public static final int FORMS = 12;

  private static final String[] REGIONS = {"110101", "310115", "440305", "510107", "810000"};
  private static final String[] CARDS = {"622202", "621700", "4392", "5187", "955880", "3568"};
  private static final String[] HOSTS = {"example.com", "mail.example.cn", "firma.example.org"};
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private final Random random;

  public PersonalSamples(long seed) {
    random = new Random(seed);
  }

  /**
   * One of a kind.
   *
   * @param plain digits, or of an address what stands before the sign, which gives it away
   * @param forms how it may be written
   */
  public record Sample(MaskedKind kind, String plain, List<String> forms) {
    /** Whether a text shows it to a reader, however it is written there. */
    public boolean isIn(String text) {
      String shown = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
      String left =
          kind == MaskedKind.EMAIL
              ? shown.replaceAll("[^a-z0-9.]", "")
              : shown.replaceAll("[^0-9x]", "");
      return left.contains(plain);
    }
  }

  /** Another one. */
  public Sample next(MaskedKind kind) {
    return switch (kind) {
      case ID_CARD -> number(kind, idCard(), 6, 8, 4);
      case PHONE -> number(kind, "1" + (3 + random.nextInt(7)) + digits(9), 3, 4, 4);
      case BANK_CARD -> number(kind, bankCard(), 4, 4, 4, 4, 4);
      case EMAIL -> address();
    };
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private String pick(String... some) {
    return some[random.nextInt(some.length)];
  }

  private String idCard() {
    LocalDate born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(29_000));
    String start = pick(REGIONS) + born.format(DateTimeFormatter.BASIC_ISO_DATE) + digits(3);
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (start.charAt(i) - '0');
    }
    return start + "10x98765432".charAt(sum % 11);
  }

  private String bankCard() {
    String issuer = pick(CARDS);
    int length = issuer.length() == 6 ? 16 + 3 * random.nextInt(2) : 16;
    String start = issuer + digits(length - issuer.length() - 1);
    for (int check = 0; check < 10; check++) {
      if (isLuhn(start + check)) {
        return start + check;
      }
    }
    throw new IllegalStateException("no check digit for " + start);
  }

  private static boolean isLuhn(String digits) {
    int sum = 0;
    boolean twice = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = (digits.charAt(i) - '0') * (twice ? 2 : 1);
      sum += digit / 10 + digit % 10;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  private static Sample number(MaskedKind kind, String plain, int... sizes) {
    List<String> groups = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      if (at < plain.length()) {
        groups.add(plain.substring(at, Math.min(plain.length(), at + size)));
        at += size;
      }
    }
    String before = kind == MaskedKind.PHONE ? "+86 " : "No.";
    String glued = kind == MaskedKind.PHONE ? "0086" : "number ";
    String bracketed = kind == MaskedKind.PHONE ? "（86）" : "（";
    String shown = kind == MaskedKind.ID_CARD ? plain.toUpperCase(Locale.ROOT) : plain;
    return new Sample(
        kind,
        plain,
        List.of(
            shown,
            wide(shown),
            String.join(" ", groups),
            String.join("-", groups),
            before + shown,
            glued + plain,
            String.join("\u00a0", groups),
            wide(String.join("－", groups)),
            "号码是" + shown + "，请记下",
            String.join("\u200b", groups),
            bracketed + String.join("\u3000", groups) + "）",
            "**" + String.join(" ", groups) + "**"));
  }

  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c > ' ' && c < 127 ? c + 0xfee0 : c)));
    return wide.toString();
  }

  private Sample address() {
    String name = "zq" + digits(4) + "k." + digits(3) + "w";
    String host = pick(HOSTS);
    String plain = name + "@" + host;
    return new Sample(
        MaskedKind.EMAIL,
        name,
        List.of(
            plain,
            plain.toUpperCase(Locale.ROOT),
            wide(plain),
            "mailto:" + plain,
            "<" + plain + ">",
            name + " @ " + host,
            name + "(at)" + host,
            name + " [at] " + host.replace(".", " [dot] "),
            "请写信到" + plain + "联系",
            name + "\u200b@" + host,
            "[write](mailto:" + plain + ")",
            name + "＠" + host));
  }
}
