package dev.zhiku.ingest.extract.reviewed;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Characters for what symbol fonts show: ticks, boxes, Greek letters, signs. */
public final class SymbolFonts {
  private static final int PRIVATE_AREA = 0xF000;
  private static final Map<Integer, String> WINGDINGS =
      signs("6F☐ 70☐ 71☐ 72☐ A8☐ 78☒ FD☒ FE☑ FC✓ FB✗ 6C● 6E■ A1○ A4◉ E0→ DF← E8➔ F0⇨");
  private static final Map<Integer, String> WINGDINGS_2 =
      signs("A3☐ 2A☐ 52☑ 53☒ 54☒ 51☒ 50✓ 4F✗ 97● 99○ 9E· A2■");
  private static final Map<Integer, String> WINGDINGS_3 = signs("5B→ 22→ 21← 23↑ 24↓ 7D▶ 70▲ 71▼");
  private static final Map<Integer, String> WEBDINGS = signs("61✔ 72✖ 63☐ 67■ 6E●");
  private static final Map<Integer, String> SYMBOL =
      signs(
          "41Α 42Β 44Δ 46Φ 47Γ 4CΛ 50Π 51Θ 53Σ 57Ω 58Ξ 59Ψ 61α 62β 63χ 64δ 65ε 66φ 67γ 68η 69ι"
              + " 6Bκ 6Cλ 6Dμ 6Eν 70π 71θ 72ρ 73σ 74τ 77ω 78ξ 79ψ 7Aζ 2D− A3≤ A5∞ AB↔ AC← AD↑"
              + " AE→ AF↓ B0° B1± B3≥ B4× B6∂ B7• B8÷ B9≠ BA≡ BB≈ C5⊕ C7∩ C8∪ CE∈ D6√ D7⋅ DE⇒ E5∑"
              + " F2∫");

  private SymbolFonts() {}

  /**
   * @param hexadecimal code of the sign in the font
   * @return empty if it is not known
   */
  public static String character(String font, String hexadecimal) {
    int code;
    try {
      code = Integer.parseInt(hexadecimal, 16);
    } catch (NumberFormatException notANumber) {
      return "";
    }
    int sign = code >= PRIVATE_AREA && code < PRIVATE_AREA + 0x100 ? code - PRIVATE_AREA : code;
    String known = fontOf(font).getOrDefault(sign, "");
    boolean ordinary =
        Character.isDefined(code) && Character.getType(code) != Character.PRIVATE_USE;
    return known.isEmpty() && ordinary && code > 0xFF ? Character.toString(code) : known;
  }

  private static Map<Integer, String> fontOf(String font) {
    return switch (font.toLowerCase(Locale.ROOT)) {
      case "wingdings" -> WINGDINGS;
      case "wingdings 2" -> WINGDINGS_2;
      case "wingdings 3" -> WINGDINGS_3;
      case "webdings" -> WEBDINGS;
      case "symbol" -> SYMBOL;
      default -> Map.of();
    };
  }

  private static Map<Integer, String> signs(String list) {
    Map<Integer, String> signs = new HashMap<>();
    for (String sign : list.split(" ", -1)) {
      signs.put(Integer.parseInt(sign.substring(0, 2), 16), sign.substring(2));
    }
    return Map.copyOf(signs);
  }
}
