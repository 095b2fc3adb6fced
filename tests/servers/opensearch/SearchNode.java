import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.transport.Netty4Plugin;

/** One OpenSearch node in the foreground: its settings as name=value arguments, until it is killed. */
public final class SearchNode {
    public static void main(String[] settings) throws Exception {
        Settings.Builder builder = Settings.builder();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            builder.put(parts[0], parts[1]);
        }
        Settings chosen = builder.build();
        Environment environment = new Environment(chosen, Path.of(chosen.get("path.home"), "config"));
        OpenSearchRunnerNode node = new OpenSearchRunnerNode(
            environment,
            List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, ReindexPlugin.class)
        );
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (java.io.IOException error) {
                System.err.println(error);
            }
        }));
        new CountDownLatch(1).await();
    }
}
