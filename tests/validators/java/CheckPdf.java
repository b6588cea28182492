import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Runs veraPDF over many files in one virtual machine.
 *
 * <p>{@code CheckPdf FLAVOUR[,FLAVOUR...] FILE...}: flavours are veraPDF's ids, such as ua1 or 2a.
 */
final class CheckPdf {

    /** Places kept for a rule; the count of failed checks is complete all the same. */
    private static final int PLACES = 3;

    private static final Findings FINDINGS = new Findings();

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<PDFAFlavour> flavours =
                Arrays.stream(arguments[0].split(",")).map(CheckPdf::flavour).toList();
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            File file = new File(name);
            flavours.forEach(flavour -> check(file, flavour));
            FINDINGS.checked(file);
        }
    }

    /** veraPDF takes an unknown id for "no flavour", and then finds no fault in anything. */
    private static PDFAFlavour flavour(String id) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("veraPDF knows no flavour " + id);
        }
        return flavour;
    }

    private static void check(File file, PDFAFlavour flavour) {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (PDFAParser parser = foundry.createParser(file, flavour);
                PDFAValidator validator =
                        foundry.createValidator(flavour, PLACES, false, true, false)) {
            report(file, flavour, validator.validate(parser));
        } catch (Exception | StackOverflowError problem) {
            FINDINGS.found(file, "error", flavour.getId() + " unreadable", problem.toString(), "");
        }
    }

    private static void report(File file, PDFAFlavour flavour, ValidationResult result) {
        for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
            RuleId rule = failed.getKey();
            TestAssertion first = result.getTestAssertions().stream()
                    .filter(assertion -> assertion.getRuleId().equals(rule))
                    .findFirst()
                    .orElseThrow();
            FINDINGS.found(
                    file,
                    "error",
                    flavour.getId() + " " + rule.getClause() + "-" + rule.getTestNumber(),
                    first.getMessage() + " (" + failed.getValue() + " times)",
                    first.getLocation().getContext());
        }
        if (!result.isCompliant() && result.getFailedChecks().isEmpty()) {
            FINDINGS.found(file, "error", flavour.getId() + " refused",
                    "veraPDF calls the file non-compliant and names no rule", "");
        }
    }
}
