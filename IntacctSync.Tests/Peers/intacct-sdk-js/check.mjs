// Intacct's own client library against the simulator at the address given: signs in, creates, reads by pages, decodes failures.
// Prints one line per check; exits 1 at the first that does not hold.
import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import sdk from "@intacct/intacct-sdk";

const simulator = new URL(process.argv[2]);

// The library refuses addresses that do not end in .intacct.com, and its first one is https. So it is left to call
// api.intacct.com, and the connection is led to the simulator instead, with the Host header as it was.
const send = http.request;
const redirected = (options, onResponse) => {
  const host = options.hostname ?? options.host;
  assert.ok(host.endsWith(".intacct.com"), `unexpected host ${host}`);
  return send({
    ...options, protocol: "http:", hostname: simulator.hostname, host: undefined, port: simulator.port, agent: undefined,
    headers: { ...options.headers, Host: host },
  }, onResponse);
};
https.request = redirected;
http.request = redirected;

const { ClientConfig, OnlineClient, RequestConfig, SessionProvider, Functions } = sdk;
const { Query, ReadByQuery, ReadMore, ReadByName } = collect(Functions.Common, ["Query", "ReadByQuery", "ReadMore", "ReadByName"]);

const checks = {
  async "a login is turned into a session at the address called"() {
    const config = await SessionProvider.factory(login());
    assert.match(config.sessionId, /^.{30}\.\.$/);
    assert.equal(config.endpointUrl, "http://api.intacct.com/ia/xml/xmlgw.phtml");
    assert.ok(config.sessionTimeout > config.sessionTimestamp);
  },
  async "a customer is created and its number and id are decoded"() {
    const response = await client().execute(customer("JS-1", "Peer One"));
    assert.equal(response.results[0].listType, "objects");
    assert.equal(response.results[0].count, 1);
    assert.equal(response.results[0].data[0].CUSTOMERID, "JS-1");
    assert.match(response.results[0].data[0].RECORDNO, /^\d+$/);
  },
  async "a customer is updated with a session"() {
    const config = await SessionProvider.factory(login());
    const update = new Functions.AccountsReceivable.CustomerUpdate();
    update.customerId = "JS-1";
    update.comments = "seen by the peer";
    const results = (await new OnlineClient(config).execute(update)).results;
    assert.equal(results[0].status, "success");
    const read = new ReadByName();
    read.objectName = "CUSTOMER";
    read.names = ["JS-1"];
    read.fields = ["NAME", "COMMENTS"];
    const response = await new OnlineClient(config).execute(read);
    assert.deepEqual({ ...response.results[0].data[0] }, { NAME: "Peer One", COMMENTS: "seen by the peer" });
  },
  async "query reads all records in pages by offset"() {
    const ids = [];
    for (let offset = 0, remaining = 1; remaining > 0; offset += 2) {
      const query = new Query();
      query.selectFields = [field("RECORDNO"), field("CUSTOMERID"), field("DISPLAYCONTACT.CONTACTNAME")];
      query.fromObject = "CUSTOMER";
      query.orderBy = orderBy("RECORDNO");
      query.pageSize = 2;
      query.offset = offset;
      const result = (await client().execute(query)).results[0];
      assert.equal(result.listType, "CUSTOMER");
      assert.equal(result.totalCount, 7);
      ids.push(...result.data.map((row) => row.CUSTOMERID));
      assert.ok(result.data.every((row) => row["DISPLAYCONTACT.CONTACTNAME"].length > 0));
      remaining = result.numRemaining;
    }
    assert.deepEqual(ids, ["C-1001", "C-1002", "C-1003", "C-1004", "C-1005", "C-1006", "JS-1"]);
  },
  async "readByQuery and readMore read all records by result id"() {
    const config = await SessionProvider.factory(login());
    const scan = new ReadByQuery();
    scan.objectName = "CUSTOMER";
    scan.fields = ["CUSTOMERID"];
    scan.pageSize = 3;
    let result = (await new OnlineClient(config).execute(scan)).results[0];
    assert.equal(result.listType, "customer");
    const ids = result.data.map((row) => row.CUSTOMERID);
    while (result.numRemaining > 0) {
      const more = new ReadMore();
      more.resultId = result.resultId;
      result = (await new OnlineClient(config).execute(more)).results[0];
      ids.push(...result.data.map((row) => row.CUSTOMERID));
    }
    assert.deepEqual(ids.sort(), ["C-1001", "C-1002", "C-1003", "C-1004", "C-1005", "C-1006", "JS-1"]);
  },
  async "a refused create is decoded with its whole chain"() {
    const error = await refused(client().execute(customer("JS-1", "Peer Two")));
    assert.equal(error.errors.length, 2);
    assert.match(error.errors[0], /^BL34000061 .*Another Customer with the given value\(s\) JS-1 {1,2}already exists/);
    assert.match(error.errors[1], /^BL01001973 /);
  },
  async "functions of a batch succeed and fail by themselves"() {
    const response = await client().executeBatch([customer("JS-2", "Peer Two"), customer("JS-2", "Peer Again"), customer("JS-3", "Peer Three")]);
    assert.deepEqual(response.results.map((r) => r.status), ["success", "failure", "success"]);
  },
  async "a transaction is rolled back as a whole"() {
    const config = new RequestConfig();
    config.transaction = true;
    const error = await refused(client().executeBatch([customer("JS-4", "Peer Four"), customer("JS-2", "Peer Again")], config));
    assert.match(error.errors[0], /^BL34000061 /);
    assert.match(error.errors.at(-1), /^XL03000009 .*rolled back/);
    const read = new ReadByName();
    read.objectName = "CUSTOMER";
    read.names = ["JS-4"];
    assert.equal((await client().execute(read)).results[0].count, 0);
  },
  async "a wrong password is an authentication failure"() {
    const config = login();
    config.userPassword = "wrong";
    const error = await refused(new OnlineClient(config).execute(customer("JS-9", "Nobody")));
    assert.match(error.message, /authentication/i);
    assert.match(error.errors.join(), /XL03000006 .*Sign-in information is incorrect/);
  },
  async "a wrong sender is a control failure"() {
    const config = login();
    config.senderPassword = "wrong";
    const error = await refused(new OnlineClient(config).execute(customer("JS-9", "Nobody")));
    assert.match(error.message, /control/i);
    assert.match(error.errors.join(), /XL03000006 .*Incorrect Intacct XML Partner ID or password/);
  },
  async "an executed control id is refused in the shape that this library cannot read"() {
    const config = new RequestConfig();
    config.uniqueId = true;
    const once = customer("JS-5", "Peer Five");
    once.controlId = "only-once";
    await client().execute(once, config);
    const error = await refused(client().execute(once, config));
    assert.match(error.message, /missing status element/);
  },
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok: ${name}`);
  } catch (error) {
    console.error(`NOT ok: ${name}\n${error?.stack ?? error}\n${(error?.errors ?? []).join("\n")}`);
    process.exit(1);
  }
}

function login() {
  const config = new ClientConfig();
  config.senderId = "sandbox-sender";
  config.senderPassword = "sandbox-sender-password";
  config.companyId = "sandbox";
  config.userId = "sandbox-user";
  config.userPassword = "sandbox-user-password";
  return config;
}

function client() {
  return new OnlineClient(login());
}

function customer(id, name) {
  const create = new Functions.AccountsReceivable.CustomerCreate();
  create.customerId = id;
  create.customerName = name;
  create.printAs = name;
  create.active = true;
  create.primaryEmailAddress = "peer@example.org";
  create.paymentTerm = "Net 30";
  return create;
}

function field(name) {
  return new (collect(Functions.Common, ["Field"]).Field)(name);
}

function orderBy(name) {
  const { OrderBuilder } = collect(Functions.Common, ["OrderBuilder"]);
  return new OrderBuilder().addAscending(name).orders;
}

async function refused(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail("nothing was refused");
}

// The library nests what it exports differently from release to release.
function collect(root, names, found = {}) {
  for (const [name, value] of Object.entries(root)) {
    if (names.includes(name) && typeof value === "function") found[name] = value;
    else if (value !== null && typeof value === "object") collect(value, names, found);
  }
  return found;
}
