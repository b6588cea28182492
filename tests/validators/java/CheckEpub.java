import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.util.Locale;

/** Runs EPUBCheck over many files in one virtual machine: {@code CheckEpub FILE...}. */
final class CheckEpub {

    private static final Findings FINDINGS = new Findings();

    public static void main(String[] names) {
        Locale.setDefault(Locale.ENGLISH);
        for (String name : names) {
            File file = new File(name);
            try {
                new EpubCheck(file, new Lines(file)).doValidate();
            } catch (RuntimeException | StackOverflowError problem) {
                FINDINGS.found(file, "error", "unreadable", problem.toString(), "");
            }
            FINDINGS.checked(file);
        }
    }

    /** Passes on fatal errors, errors and warnings; what EPUBCheck only remarks on is left out. */
    private static final class Lines extends MasterReport {

        private final File file;

        Lines(File file) {
            this.file = file;
            setEpubFileName(file.getPath());
        }

        @Override
        public void message(Message message, EPUBLocation place, Object... values) {
            if (message.getSeverity().toInt() >= Severity.WARNING.toInt()) {
                FINDINGS.found(
                        file,
                        message.getSeverity() == Severity.WARNING ? "warning" : "error",
                        message.getID().toString(),
                        message.getMessage(values),
                        place.getPath() + ":" + place.getLine() + ":" + place.getColumn());
            }
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {
            // Features found in the book are no findings.
        }

        @Override
        public void initialize() {
            // Nothing to open.
        }

        @Override
        public int generate() {
            return 0;
        }
    }
}
