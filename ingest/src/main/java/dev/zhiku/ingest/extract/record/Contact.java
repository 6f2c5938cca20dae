package dev.zhiku.ingest.extract.record;

import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The record of an address card. */
final class Contact {
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("EMAIL", "邮箱/E-mail"),
          Map.entry("TITLE", "职务/Title"),
          Map.entry("ROLE", "职责/Role"),
          Map.entry("NICKNAME", "昵称/Nickname"),
          Map.entry("BDAY", "生日/Birthday"),
          Map.entry("ANNIVERSARY", "纪念日/Anniversary"),
          Map.entry("URL", "网址/Web"),
          Map.entry("NOTE", "备注/Note"),
          Map.entry("CATEGORIES", "分组/Group"),
          Map.entry("IMPP", "即时通讯/Messenger"),
          Map.entry("RELATED", "关系人/Related"));

  /** Fields that say nothing to people: numbers of programs, pictures, keys. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "BEGIN",
          "END",
          "VERSION",
          "PRODID",
          "UID",
          "REV",
          "N",
          "FN",
          "PHOTO",
          "LOGO",
          "KEY",
          "SOUND",
          "SORT-STRING",
          "CLASS",
          "MAILER",
          "TZ",
          "GEO",
          "SOURCE",
          "KIND",
          "LABEL",
          "CLIENTPIDMAP",
          "XML");

  private Contact() {}

  static LabelledRow of(List<ContentLine> lines) {
    LabelledRow contact = new LabelledRow();
    contact.add("姓名/Name", name(lines));
    for (ContentLine line : lines) {
      switch (line.name()) {
        case "TEL" -> contact.add(phone(line) + at(line), uri(line.text()));
        case "ADR" -> contact.add("地址/Address" + at(line), String.join(", ", line.parts()));
        case "ORG" -> contact.add("单位/Organization", String.join(" ", line.parts()));
        default -> other(line, contact);
      }
    }
    return contact;
  }

  private static void other(ContentLine line, LabelledRow contact) {
    String name = line.name();
    String label = LABELS.get(name);
    if (label != null) {
      contact.add(label + at(line), uri(line.text()));
    } else if (!LEFT_OUT.contains(name) && !name.startsWith("X-AB") && !isBinary(line)) {
      contact.add(name.startsWith("X-") ? name.substring(2) : name, line.text());
    }
  }

  private static boolean isBinary(ContentLine line) {
    String encoding = line.parameter("ENCODING").toUpperCase(Locale.ROOT);
    return encoding.equals("B") || encoding.equals("BASE64") || line.value().startsWith("data:");
  }

  /** The name as shown, else its parts: family name first where it is Chinese. */
  private static String name(List<ContentLine> lines) {
    List<String> shown = texts(lines, "FN");
    if (!shown.isEmpty()) {
      return shown.getFirst();
    }
    for (ContentLine line : lines) {
      if (line.name().equals("N")) {
        return inOrder(line.parts());
      }
    }
    return "";
  }

  private static String inOrder(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    boolean wide = CleanText.isWide(parts.getFirst().codePointAt(0));
    List<String> order = new ArrayList<>(parts.subList(1, parts.size()));
    if (wide) {
      return parts.getFirst() + String.join("", order);
    }
    order.add(parts.getFirst());
    return String.join(" ", order);
  }

  private static List<String> texts(List<ContentLine> lines, String name) {
    return lines.stream()
        .filter(line -> line.name().equals(name))
        .map(ContentLine::text)
        .filter(text -> !text.isBlank())
        .toList();
  }

  private static String phone(ContentLine line) {
    String type = line.parameter("TYPE").toLowerCase(Locale.ROOT);
    if (type.contains("fax")) {
      return "传真/Fax";
    }
    return type.contains("cell") ? "手机/Mobile phone" : "电话/Phone";
  }

  private static String at(ContentLine line) {
    String type = line.parameter("TYPE").toLowerCase(Locale.ROOT);
    if (type.contains("work")) {
      return " (单位/work)";
    }
    return type.contains("home") ? " (家庭/home)" : "";
  }

  /** Newer cards write phones and messengers as addresses. */
  private static String uri(String text) {
    return text.startsWith("tel:") || text.startsWith("mailto:")
        ? text.substring(text.indexOf(':') + 1)
        : text;
  }
}
