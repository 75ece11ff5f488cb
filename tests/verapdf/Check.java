import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;

/** Checks PDFs with veraPDF: Check FLAVOUR PROFILE FILE... prints "checks failed", then a line for each broken rule. */
public class Check {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.valueOf(args[0]);
        var profile = Profiles.profileFromXml(Check.class.getClassLoader().getResourceAsStream(
            "org/verapdf/pdfa/validation/" + args[1] + ".xml"));
        for (int number = 2; number < args.length; number++) {
            try (var file = new FileInputStream(args[number]);
                 var parser = Foundries.defaultInstance().createParser(file, flavour);
                 var validator = Foundries.defaultInstance().createValidator(profile, false)) {
                var result = validator.validate(parser);
                var broken = new TreeMap<String, Integer>();
                for (var one : result.getTestAssertions())
                    if (one.getStatus() == TestAssertion.Status.FAILED)
                        broken.merge(one.getRuleId().getClause() + " " + one.getMessage(), 1, Integer::sum);
                System.out.println(result.getTotalAssertions() + " " + broken.values().stream().mapToInt(n -> n).sum());
                broken.forEach((rule, times) -> System.out.println(times + " x " + rule));
            }
        }
    }
}
