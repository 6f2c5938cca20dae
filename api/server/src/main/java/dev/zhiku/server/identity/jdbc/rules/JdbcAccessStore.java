package dev.zhiku.server.identity.jdbc.rules;

import dev.zhiku.server.identity.AccessRule;
import dev.zhiku.server.identity.AccessStore;
import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import dev.zhiku.server.identity.jdbc.ServiceTransactions;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rules and groups through Micronaut Data; every public method is one transaction. */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
final class JdbcAccessStore implements AccessStore {
  private final ServiceTransactions transactions;
  private final RuleRows rules;
  private final GroupRows groups;
  private final MemberRows members;

  JdbcAccessStore(
      ServiceTransactions transactions, RuleRows rules, GroupRows groups, MemberRows members) {
    this.transactions = transactions;
    this.rules = rules;
    this.groups = groups;
    this.members = members;
  }

  @Override
  public State state() {
    return transactions.read(this::read);
  }

  private State read() {
    Map<String, List<String>> byGroup = new LinkedHashMap<>();
    groups.findAllOrderByName().forEach(row -> byGroup.put(row.name(), new ArrayList<>()));
    members
        .findAllOrderByPosition()
        .forEach(row -> Objects.requireNonNull(byGroup.get(row.groupName())).add(row.member()));
    return new State(
        rules.findAllOrderByPosition().stream()
            .map(row -> new AccessRule(row.subject(), row.allows(), row.source(), row.path()))
            .toList(),
        byGroup);
  }

  @Override
  public void save(State state, List<Change> changes) {
    transactions.write(() -> write(state), changes);
  }

  private void write(State state) {
    rules.forget();
    members.forget();
    groups.forget();
    List<RuleRow> wanted = new ArrayList<>();
    for (AccessRule rule : state.rules()) {
      wanted.add(
          new RuleRow(wanted.size(), rule.subject(), rule.allows(), rule.source(), rule.path()));
    }
    List<MemberRow> inGroups = new ArrayList<>();
    state
        .groups()
        .forEach(
            (group, names) ->
                names.forEach(name -> inGroups.add(new MemberRow(inGroups.size(), group, name))));
    rules.saveAll(wanted);
    groups.saveAll(state.groups().keySet().stream().map(GroupRow::new).toList());
    members.saveAll(inGroups);
  }

  @Override
  public List<Change> changes(int most) {
    return transactions.changes(most);
  }
}
