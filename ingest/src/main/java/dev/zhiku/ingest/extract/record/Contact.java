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
          Map.entry("EMAIL", "E-mail/邮箱"),
          Map.entry("TITLE", "Title/职务"),
          Map.entry("ROLE", "Role/职责"),
          Map.entry("NICKNAME", "Nickname/昵称"),
          Map.entry("BDAY", "Birthday/生日"),
          Map.entry("ANNIVERSARY", "Anniversary/纪念日"),
          Map.entry("URL", "Web/网址"),
          Map.entry("NOTE", "Note/备注"),
          Map.entry("CATEGORIES", "Group/分组"),
          Map.entry("IMPP", "Messenger/即时通讯"),
          Map.entry("RELATED", "Related/关系人"));

  /** What says nothing to people: numbers of programs, pictures, keys. */
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
    contact.add("Name/姓名", name(lines));
    for (ContentLine line : lines) {
      switch (line.name()) {
        case "TEL" -> contact.add(phone(line) + at(line), uri(line.text()));
        case "ADR" -> contact.add("Address/地址" + at(line), String.join(", ", line.parts()));
        case "ORG" -> contact.add("Organization/单位", String.join(" ", line.parts()));
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
      return "Fax/传真";
    }
    return type.contains("cell") ? "Mobile phone/手机" : "Phone/电话";
  }

  private static String at(ContentLine line) {
    String type = line.parameter("TYPE").toLowerCase(Locale.ROOT);
    if (type.contains("work")) {
      return " (work/单位)";
    }
    return type.contains("home") ? " (home/家庭)" : "";
  }

  /** Newer cards write phones and messengers as addresses. */
  private static String uri(String text) {
    return text.startsWith("tel:") || text.startsWith("mailto:")
        ? text.substring(text.indexOf(':') + 1)
        : text;
  }
}
