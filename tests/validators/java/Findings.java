import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes what a validator says as one line of JSON per finding, and one line per file that it went
 * through, so that a file which nobody looked at can be told from one without fault.
 *
 * <p>Standard output is taken at the start: a library that prints cannot mix its words in.
 */
final class Findings {

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    Findings() {
        System.setOut(System.err);
    }

    void found(File file, String severity, String rule, String text, String where) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("path", file.getPath());
        fields.put("severity", severity);
        fields.put("rule", rule);
        fields.put("text", text);
        fields.put("where", where);
        write(fields);
    }

    void checked(File file) {
        write(Map.of("checked", file.getPath()));
    }

    private void write(Map<String, String> fields) {
        StringBuilder line = new StringBuilder("{");
        fields.forEach((key, value) -> {
            line.append(line.length() > 1 ? "," : "");
            quote(line, key);
            line.append(':');
            quote(line, value);
        });
        out.println(line.append('}'));
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                line.append('\\').append((char) unit);
            } else if (unit < ' ') {
                line.append(String.format("\\u%04x", unit));
            } else {
                line.append((char) unit);
            }
        });
        line.append('"');
    }
}
