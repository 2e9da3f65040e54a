package io.cloudtask.coordination;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;

/** How the Curator client is set up: who it says it is, and who may touch what it makes. */
final class ZooKeeperClient {
  private static final String USER = "cloudtask";

  private ZooKeeperClient() {}

  /**
   * @param ticker nanoseconds, by which sessions are dated
   */
  static CuratorFramework of(ZooKeeperSettings settings, LongSupplier ticker) {
    return CuratorFrameworkFactory.builder()
        .connectString(settings.hosts())
        .sessionTimeoutMs(Math.toIntExact(settings.sessionTimeout().toMillis()))
        .connectionTimeoutMs(Math.toIntExact(settings.connectionTimeout().toMillis()))
        .zookeeperFactory(new DatedZooKeeper.Maker(ticker))
        .retryPolicy(new RetryOneTime(100))
        .authorization("digest", digest(settings.clusterToken()))
        .aclProvider(new CreatorOnly())
        .ensembleTracker(false)
        .build();
  }

  /** ZooKeeper sends the password of a digest as it is: so it gets one made from the token. */
  static byte[] digest(String token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] password = mac.doFinal("coordinator".getBytes(StandardCharsets.UTF_8));
      return (USER + ':' + HexFormat.of().formatHex(password)).getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** How the server shows the list of who may touch what we make: holders of the token. */
  static List<ACL> acl(String token) {
    try {
      String id =
          DigestAuthenticationProvider.generateDigest(
              new String(digest(token), StandardCharsets.UTF_8));
      return List.of(new ACL(ZooDefs.Perms.ALL, new Id("digest", id)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA1", e);
    }
  }

  private static final class CreatorOnly implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }
  }
}
