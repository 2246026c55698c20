package dev.driftless.cli.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.driftless.cli.CliException;
import dev.driftless.cli.file.Problem;
import dev.driftless.cli.file.YamlList;
import dev.driftless.schemas.FeatureDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a catalog file says. It is YAML with one key {@code features}, a list of definitions whose fields are those of
 * the schema {@code FeatureDefinition} but for the revision.
 *
 * @param features the definitions, not published yet; complete only where there are no problems
 * @param problems all that is wrong with the file
 */
public record CatalogFile(List<FeatureDefinition> features, List<Problem> problems) {
    public CatalogFile {
        features = List.copyOf(features);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file.
     *
     * @throws CliException if it cannot be read or is not YAML
     */
    public static CatalogFile read(final Path file) {
        return YamlList.read(file, CatalogFile::parse);
    }

    /**
     * Reads a text.
     *
     * @throws JsonProcessingException if it is not YAML, or a mapping has a key twice
     */
    public static CatalogFile parse(final String yaml) throws JsonProcessingException {
        final YamlList list = YamlList.parse(yaml, "features", "feature");
        final List<Problem> problems = new ArrayList<>(list.problems());
        final List<FeatureDefinition> features = new ArrayList<>();
        for (int place = 0; place < list.entries().size(); place++) {
            final FeatureReader reader = new FeatureReader(list.entries().get(place), place + 1);
            reader.read().ifPresent(features::add);
            problems.addAll(reader.problems());
        }
        problems.addAll(list.repeated("code"));
        return new CatalogFile(features, problems);
    }
}
