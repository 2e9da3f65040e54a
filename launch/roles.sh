# shellcheck shell=sh disable=SC2034 # what it sets is for the script that sources this
# What each role is started with; the training runs and the launcher must agree on it.

# Sets role_main, role_module (its jar, and the name of its cache) and role_flags (words) for a role.
role_of() {
  role_flags='-XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED'
  # JVM warnings go to stderr, never to stdout; an AOT cache that does not fit is passed over in silence.
  role_flags="$role_flags -Xlog:disable -Xlog:all=warning,aot*=off,cds*=off:stderr"
  case $1 in
    standalone)
      # A young generation of this size keeps what is on its way through out of the old one: at ten runs a second the
      # resident size was level at 196 MB after 20 minutes, where it had grown on, to 219 MB, for an hour.
      role_module=standalone
      role_main=io.cloudtask.standalone.Main
      role_flags="$role_flags -Xms48m -Xmn24m -Xmx192m -Xss512k -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=48m"
      ;;
    # A cache of its own, without center and store: 25 MB less stay resident.
    # Four times a second the JVM would look for monitors to clean up, also when nothing else happens.
    agent)
      role_module=agent
      role_flags="$role_flags -XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=10000"
      role_main=io.cloudtask.agent.Main
      role_flags="$role_flags -Xms16m -Xmx128m -Xss512k -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=96m -XX:ReservedCodeCacheSize=32m"
      ;;
    # The other roles are started from the same jar as standalone, so that one cache serves all.
    center)
      # It plans for all: the only role with room to grow, and with the whole compiler.
      role_module=standalone
      role_main=io.cloudtask.center.Main
      role_flags="$role_flags -Xms32m -Xmx1g -Xss512k -XX:MaxMetaspaceSize=128m"
      ;;
    init)
      role_module=standalone
      role_main=io.cloudtask.center.init.Main
      role_flags="$role_flags -Xms16m -Xmx128m -Xss512k -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
      ;;
    coordinator)
      role_module=standalone
      role_main=io.cloudtask.coordination.server.Main
      role_flags="$role_flags -Xms16m -Xmx256m -Xss512k -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=96m"
      ;;
    simulate)
      # Runs for minutes, so it gets the compiler that pays off then.
      role_module=simulation
      role_main=io.cloudtask.simulation.Main
      role_flags="$role_flags -Xms128m -Xmx1g"
      ;;
    *)
      role_module=cli
      role_main=io.cloudtask.cli.Main
      role_flags="$role_flags -Xms16m -Xmx128m -Xss512k -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
      ;;
  esac
}
