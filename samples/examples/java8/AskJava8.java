import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks one question; needs Java 8 or newer and no library.
 *
 * <pre>
 *   javac -encoding UTF-8 AskJava8.java
 *   java AskJava8 [BASE_URL] [QUESTION]
 * </pre>
 *
 * <p>The environment variable ZHIKU_KEY holds the access key of a service that needs one.
 */
public final class AskJava8 {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int READ_TIMEOUT_MILLIS = 900_000;

  private final String base;
  private final PrintStream out;
  private final PrintStream err;

  private AskJava8(String base, PrintStream out, PrintStream err) {
    this.base = base;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) throws IOException {
    String base = args.length > 0 ? args[0] : "http://127.0.0.1:8650";
    String question = args.length > 1 ? args[1] : "核心时段是几点到几点？";
    // A console may have any charset; the answer is UTF-8 whatever it has.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, "UTF-8");
    System.exit(new AskJava8(base.replaceAll("/$", ""), out, err).ask(question));
  }

  /** Returns the exit code: 0 answered, 1 refused or unreachable. */
  private int ask(String question) {
    try {
      HttpURLConnection connection = post(question);
      int status = connection.getResponseCode();
      if (status == 200) {
        show(object(JsonReader.read(text(connection.getInputStream()))));
        return 0;
      }
      refuse(connection, status);
    } catch (IOException e) {
      err.println("No answer from " + base + " (" + e.getMessage() + ").");
      err.println("Is the service running? Start it with: ./zhiku serve");
    }
    return 1;
  }

  private HttpURLConnection post(String question) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(base + "/query").openConnection();
    connection.setRequestMethod("POST");
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setReadTimeout(READ_TIMEOUT_MILLIS);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
    connection.setRequestProperty("Accept", "application/json");
    String key = System.getenv("ZHIKU_KEY");
    if (key != null && !key.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + key);
    }
    try (OutputStream body = connection.getOutputStream()) {
      body.write(("{\"question\":" + quoted(question) + "}").getBytes("UTF-8"));
    }
    return connection;
  }

  private void show(Map<String, Object> response) throws IOException {
    out.println(response.get("answer"));
    for (Object each : list(response.get("citations"))) {
      Map<String, Object> citation = object(each);
      out.println("[" + citation.get("number") + "] " + citation.get("path") + ", " + citation.get("location"));
      out.println("    " + citation.get("quote"));
      out.println("    " + base + citation.get("url"));
    }
    for (Object each : list(response.get("warnings"))) {
      Map<String, Object> warning = object(each);
      out.println("warning: " + warning.get("code") + ": " + warning.get("detail"));
    }
  }

  private void refuse(HttpURLConnection connection, int status) throws IOException {
    String type = connection.getContentType();
    InputStream body = connection.getErrorStream();
    if (body == null || type == null || !type.startsWith("application/problem+json")) {
      err.println("HTTP status " + status + ", and no explanation came with it");
      return;
    }
    Map<String, Object> problem = object(JsonReader.read(text(body)));
    err.println(problem.get("code") + ": " + problem.get("detail"));
    err.println(problem.get("remedy"));
  }

  private static String text(InputStream stream) throws IOException {
    try (InputStream in = stream) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.write(buffer, 0, read);
      }
      return bytes.toString("UTF-8");
    }
  }

  /** The text as a JSON string with its quotes; every character JSON does not allow bare is escaped. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object json) throws IOException {
    if (!(json instanceof Map)) {
      throw new IOException("the response is not the JSON object that was expected");
    }
    return (Map<String, Object>) json;
  }

  private static List<?> list(Object json) {
    return json == null ? new ArrayList<Object>() : (List<?>) json;
  }

  /** Reads JSON into maps, lists, strings, booleans and null; a number stays the text it was. */
  private static final class JsonReader {
    private static final int DEEPEST = 64;

    private final String json;
    private int at;
    private int depth;

    private JsonReader(String json) {
      this.json = json;
    }

    static Object read(String json) throws IOException {
      JsonReader reader = new JsonReader(json);
      Object value = reader.value();
      if (reader.peek() != 0) {
        throw reader.unexpected();
      }
      return value;
    }

    private Object value() throws IOException {
      switch (peek()) {
        case '{':
          return object();
        case '[':
          return array();
        case '"':
          return string();
        default:
          return literal();
      }
    }

    private Map<String, Object> object() throws IOException {
      open('{');
      Map<String, Object> members = new LinkedHashMap<>();
      while (more('}', members.isEmpty())) {
        peek();
        String name = string();
        expect(':');
        members.put(name, value());
      }
      return members;
    }

    private List<Object> array() throws IOException {
      open('[');
      List<Object> elements = new ArrayList<>();
      while (more(']', elements.isEmpty())) {
        elements.add(value());
      }
      return elements;
    }

    private void open(char bracket) throws IOException {
      expect(bracket);
      if (++depth > DEEPEST) {
        throw new IOException("JSON nested deeper than " + DEEPEST + " levels");
      }
    }

    private boolean more(char end, boolean first) throws IOException {
      if (peek() == end) {
        at++;
        depth--;
        return false;
      }
      if (!first) {
        expect(',');
      }
      return true;
    }

    private String string() throws IOException {
      expect('"');
      StringBuilder text = new StringBuilder();
      for (char c = next(); c != '"'; c = next()) {
        text.append(c == '\\' ? escaped() : c);
      }
      return text.toString();
    }

    private char escaped() throws IOException {
      char c = next();
      int known = "bfnrt".indexOf(c);
      if (known >= 0) {
        return "\b\f\n\r\t".charAt(known);
      }
      if (c != 'u') {
        return c;
      }
      int code = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(next(), 16);
        if (digit < 0) {
          throw unexpected();
        }
        code = code * 16 + digit;
      }
      return (char) code;
    }

    private Object literal() throws IOException {
      int start = at;
      while (at < json.length() && (Character.isLetterOrDigit(json.charAt(at)) || "+-.".indexOf(json.charAt(at)) >= 0)) {
        at++;
      }
      String word = json.substring(start, at);
      if (word.isEmpty()) {
        throw unexpected();
      }
      return word.equals("null") ? null : word.equals("true") || word.equals("false") ? Boolean.valueOf(word) : word;
    }

    /** The next character that is no white space, without taking it; 0 at the end. */
    private char peek() {
      while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
        at++;
      }
      return at < json.length() ? json.charAt(at) : 0;
    }

    private char next() throws IOException {
      if (at >= json.length()) {
        throw unexpected();
      }
      return json.charAt(at++);
    }

    private void expect(char wanted) throws IOException {
      if (peek() != wanted) {
        throw unexpected();
      }
      at++;
    }

    private IOException unexpected() {
      return new IOException("the response is not the JSON that was expected, at character " + at);
    }
  }
}
