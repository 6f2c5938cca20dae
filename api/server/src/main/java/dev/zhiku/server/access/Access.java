package dev.zhiku.server.access;

import static dev.zhiku.answering.problem.ProblemCode.NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.NOT_AUTHENTICATED;
import static dev.zhiku.answering.problem.ProblemCode.TOO_MANY_REQUESTS;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.CredentialConnections;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.AccessRules;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Person;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.Right;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.masking.MaskingConfig;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns credentials into a {@link Scope}. Programs of this machine that ask directly need none;
 * anybody else, by {@link KeyRule}, needs a key, as {@code Authorization: Bearer} or through the
 * session cookie, never in the address. Thread-safe.
 */
public final class Access {
  private final KeyRule rule;
  private final boolean tls;
  private final Optional<AccessKeys> shared;
  private final NamedKeys named;
  private final Persons persons;
  private final AccessRules rules;
  private volatile MaskingConfig masking;
  private final Clock clock;
  private final Sessions sessions;
  private final SignInLimit limit;
  private final ClientAddress clients;
  private final ProxiedUser proxied;
  private final BearerKey bearer;
  private final CredentialConnections connections = new CredentialConnections();

  /**
   * @param shared the two keys of the file, needed by {@link KeyRule}
   * @param identities keys of one application each, and persons; without any of these nobody who
   *     needs a key is let in
   * @param masking what is covered from whom
   */
  public Access(
      ServerConfig server,
      Optional<AccessKeys> shared,
      Identities identities,
      MaskingConfig masking,
      Clock clock) {
    this(server, shared, identities, masking, Optional.empty(), clock);
  }

  /**
   * The same, with pages that show a frame to ask in.
   *
   * @param embedded the key that the frame asks with; it must be a reader's of one application
   */
  public Access(
      ServerConfig server,
      Optional<AccessKeys> shared,
      Identities identities,
      MaskingConfig masking,
      Optional<String> embedded,
      Clock clock) {
    this.bearer = new BearerKey(embedded);
    this.rule = new KeyRule(server);
    this.tls = server.tls().isOn();
    this.shared = shared;
    this.named = identities.named();
    this.persons = identities.persons();
    this.rules = identities.rules();
    this.masking = masking;
    this.clock = clock;
    this.sessions = new Sessions(clock);
    this.limit = new SignInLimit(clock);
    this.clients = new ClientAddress(server.trustedProxies());
    this.proxied = new ProxiedUser(server, clients);
  }

  /** Covers something else from the next request on. */
  public void mask(MaskingConfig config) {
    masking = config;
  }

  /**
   * Who asks.
   *
   * @throws Problem if the request needs a key and has none, a wrong one, or one with too few
   *     rights
   */
  Scope admit(HttpRequest<?> request) {
    InetAddress client = clients.of(request);
    Asker.isNobody(request, client.getHostAddress());
    Optional<Right> needed = Rights.needed(request.getMethod(), request.getPath());
    Optional<Phrase> why = rule.of(request);
    if (needed.isEmpty()) {
      return why.isEmpty()
          ? scope(Grant.MACHINE, client)
          : new Scope(Principal.NOBODY, false, client.getHostAddress(), new Filter.None());
    }
    Grant grant =
        grant(request, client, why.isPresent())
            .orElseThrow(
                () ->
                    new Problem(
                        NOT_AUTHENTICATED, proxied.whyNot(request).orElseGet(why::orElseThrow)));
    Asker.is(request, grant);
    if (bearer.isOfFrame(request) && grant.role() != Role.READER) {
      throw new Problem(NOT_ALLOWED, ServerText.of("frame-reader"));
    }
    if (!grant.role().may(needed.get())) {
      throw new Problem(NOT_ALLOWED, Rights.missing(needed.get()));
    }
    connections.carries(
        request,
        grant.credential(),
        grant.until().map(end -> Duration.between(clock.instant(), end)));
    return scope(grant, client);
  }

  private Optional<Grant> grant(HttpRequest<?> request, InetAddress client, boolean needsKey) {
    return needsKey ? shown(request, client) : Optional.of(ofThisMachine(request, client));
  }

  /** What a request shows that is asked for nothing, to tell its sender who he is. */
  Optional<Grant> shown(HttpRequest<?> request) {
    try {
      return grant(request, clients.of(request), rule.of(request).isPresent());
    } catch (Problem e) {
      if (e.code() == NOT_AUTHENTICATED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Scope scope(Grant grant, InetAddress client) {
    return new Scope(
        grant.principal(),
        grant.role().may(Right.ADMINISTER),
        client.getHostAddress(),
        rules.visible(grant.principal(), grant.role()),
        masking.of(grant.role()));
  }

  /**
   * A program of this machine needs no key, and whatever it sends in its place is ignored. One that
   * shows a key of its own is known by it, and is refused when that has ended: who revokes a key
   * means everybody who has it. The browser of somebody who is signed in is his.
   */
  private Grant ofThisMachine(HttpRequest<?> request, InetAddress client) {
    Optional<String> key = bearer.of(request).filter(named::isOrWas);
    if (key.isEmpty()) {
      return person(request)
          .map(Grant::of)
          .or(() -> DeviceCookie.known(request, tls).map(Grant::ofMachine))
          .orElse(Grant.MACHINE);
    }
    return key.flatMap(text -> named.opened(text, client))
        .map(known -> of(known, request))
        .orElseThrow(() -> new Problem(NOT_AUTHENTICATED, ServerText.of("key-ended")));
  }

  /** Why this request needs a key, for the status; empty if it needs none. */
  public Optional<Phrase> whyKeyIsNeeded(HttpRequest<?> request) {
    return rule.of(request);
  }

  /**
   * Exchanges a key for cookies; none where the request needs no key.
   *
   * @throws Problem if the key is wrong, {@code too-many-requests} if too many wrong ones came from
   *     this address; a right one is accepted all the same, so that nobody locks others out who
   *     share an address
   */
  List<Cookie> signIn(String key, HttpRequest<?> request) {
    Optional<Phrase> why = rule.of(request);
    if (why.isEmpty()) {
      return List.of();
    }
    InetAddress client = clients.of(request);
    Optional<NamedKeys.Known> own = named.opened(key, client);
    if (own.isPresent()) {
      Asker.is(request, of(own.get(), request));
      return List.of(session(new Credential.Named(own.get().secret().id())));
    }
    Optional<Role> role = shared.flatMap(known -> known.role(key));
    if (role.isPresent()) {
      DeviceCookie device = DeviceCookie.of(request, tls);
      Credential.Shared browser = new Credential.Shared(role.get(), device.id());
      Asker.is(request, Grant.ofBrowser(browser));
      return List.of(session(browser), device.cookie(tls));
    }
    noteFailure(client);
    throw new Problem(NOT_AUTHENTICATED, why.get());
  }

  private void noteFailure(InetAddress client) {
    limit
        .failure(client)
        .ifPresent(
            wait -> {
              throw new Problem(TOO_MANY_REQUESTS, Math.max(1, wait.toSeconds()));
            });
  }

  /**
   * Signs in the device that a request comes from, with an invitation, once.
   *
   * @throws Problem {@code invitation-ended}, or {@code too-many-requests} after too many that were
   *     none
   */
  Persons.Accepted accept(String token, HttpRequest<?> request) {
    try {
      Persons.Accepted accepted =
          persons.accept(token, request.getHeaders().findFirst(HttpHeaders.USER_AGENT).orElse(""));
      Asker.is(request, Grant.of(accepted.signedIn()));
      return accepted;
    } catch (Problem e) {
      if (e.code() == ProblemCode.INVITATION_ENDED) {
        noteFailure(clients.of(request));
      }
      throw e;
    }
  }

  /** The cookie of a device, kept for as long again from now on. */
  Cookie cookie(String secret) {
    return PersonCookie.of(secret, tls);
  }

  /** The same cookie that a request carries, if somebody is signed in with it. */
  Optional<Cookie> renewed(HttpRequest<?> request) {
    return PersonCookie.secret(request, tls)
        .filter(secret -> persons.signedIn(secret).isPresent())
        .map(this::cookie);
  }

  private Optional<Persons.SignedIn> person(HttpRequest<?> request) {
    return PersonCookie.secret(request, tls).flatMap(persons::signedIn);
  }

  /** Whether nothing but a key or a person opens the service to a request. */
  boolean needsKey(HttpRequest<?> request) {
    return rule.of(request).isPresent();
  }

  /** Whether a request is let in by a cookie of a person, if by anything. */
  boolean carriesPerson(HttpRequest<?> request) {
    return !request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
        && PersonCookie.secret(request, tls).isPresent();
  }

  /** Whether a browser sends what lets a request in by itself, whichever page makes it send it. */
  boolean isLetInUnasked(HttpRequest<?> request) {
    return carriesPerson(request)
        || (!request.getHeaders().contains(HttpHeaders.AUTHORIZATION) && proxied.isNamed(request));
  }

  /**
   * The cookie for a browser that opens the page where no key is needed, so that what is kept for
   * it is its own; empty if it has one.
   */
  Optional<Cookie> newDevice(HttpRequest<?> request) {
    return rule.of(request).isPresent() || DeviceCookie.known(request, tls).isPresent()
        ? Optional.empty()
        : Optional.of(DeviceCookie.of(request, tls).cookie(tls));
  }

  private Cookie session(Credential credential) {
    return SessionCookie.of(sessions.start(credential), tls);
  }

  /** Ends the session of a request, if it has one, and tells the browser to forget its cookies. */
  List<Cookie> signOut(HttpRequest<?> request) {
    shown(request).ifPresent(grant -> Asker.is(request, grant));
    token(request).ifPresent(sessions::end);
    person(request)
        .ifPresent(
            one -> {
              String who = one.person().principal().name();
              persons.endDevice(one.person().id(), one.device().id(), who);
              cut(List.of(one.device()), request);
            });
    return PersonCookie.secret(request, tls).isPresent()
        ? List.of(SessionCookie.expired(tls), PersonCookie.expired(tls))
        : List.of(SessionCookie.expired(tls));
  }

  /** Cuts every connection of devices that are signed out now, but for the one that asks. */
  public void cut(List<Person.Device> signedOut, HttpRequest<?> asking) {
    connections.cut(signedOut.stream().map(Grant::credential).collect(Collectors.toSet()), asking);
  }

  /** Cuts every connection that a key opened which is revoked now, but for the one that asks. */
  public void cut(NamedKey revoked, HttpRequest<?> asking) {
    connections.cut(
        revoked.secrets().stream()
            .map(secret -> Grant.credential(secret.id()))
            .collect(Collectors.toSet()),
        asking);
  }

  private Optional<Grant> shown(HttpRequest<?> request, InetAddress client) {
    if (request.getHeaders().getAll(HttpHeaders.AUTHORIZATION).isEmpty()) {
      return person(request)
          .map(Grant::of)
          .or(
              () ->
                  token(request)
                      .flatMap(sessions::credential)
                      .flatMap(credential -> still(credential, client, request)))
          .or(() -> proxied.of(request).map(Grant::ofProxied));
    }
    return bearer
        .of(request)
        .flatMap(
            key ->
                shared
                    .flatMap(known -> known.role(key))
                    .map(Grant::ofShared)
                    .or(() -> named.opened(key, client).map(own -> of(own, request))));
  }

  private Optional<Grant> still(Credential credential, InetAddress client, HttpRequest<?> request) {
    return switch (credential) {
      case Credential.Shared browser -> Optional.of(Grant.ofBrowser(browser));
      case Credential.Named own ->
          named.still(own.secretId(), client).map(known -> of(known, request));
    };
  }

  private static Grant of(NamedKeys.Known known, HttpRequest<?> request) {
    return Grant.of(known, NamedUser.behind(known.key(), request));
  }

  private Optional<String> token(HttpRequest<?> request) {
    return request.getCookies().findCookie(SessionCookie.name(tls)).map(Cookie::getValue);
  }
}
