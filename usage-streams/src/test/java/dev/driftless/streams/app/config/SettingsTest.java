package dev.driftless.streams.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");

    @Test
    void shouldShowEverySettingThereIs() {
        final List<Object> declared = Arrays.stream(Settings.class.getDeclaredFields())
                .filter(field -> field.getType() == Setting.class)
                .map(SettingsTest::valueOf)
                .toList();

        assertThat(Settings.all()).hasSameSizeAs(declared);
        assertThat(List.<Object>copyOf(Settings.all())).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void shouldHaveDefaultsThatAreAllowed() {
        assertThat(Settings.all()).filteredOn(setting -> !setting.derived()).allSatisfy(setting -> assertThat(
                        (Object) setting.type().parse(setting.defaultText()))
                .isNotNull());
    }

    @Test
    void shouldHaveOneNameForEachSettingEverywhere() {
        assertThat(Settings.all()).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(Settings.all()).extracting(Setting::environmentName).doesNotHaveDuplicates();
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat(setting.name()).matches("[a-z][a-z.-]*"));
    }

    /** To bring the file up to date, run the main class with {@code --settings-reference}. */
    @Test
    void shouldBeDocumentedAsTheyAre() throws IOException {
        assertThat(Files.readString(REFERENCE)).contains(SettingsReference.markdown());
    }

    private static Object valueOf(final Field field) {
        try {
            return field.get(null);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
