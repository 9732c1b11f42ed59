// Preloaded into the program under measurement (`node --require`): tells the statements of a request that asks for it by the
// header `x-capture`, each with its values, and how the program is connected. Without the header nothing is kept.
const { AsyncLocalStorage } = require('node:async_hooks');
const http = require('node:http');
const { setImmediate } = require('node:timers');
const pg = require('pg');

const requests = new AsyncLocalStorage();
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (config, values, ...rest) {
  const kept = requests.getStore();
  if (kept !== undefined) {
    const { host, port, user, password, database, options } = this.connectionParameters;
    kept.connection = { host, port, user, password, database, options };
    const isText = typeof config === 'string';
    kept.statements.push({
      text: isText ? config : config.text,
      values: (isText ? (Array.isArray(values) ? values : undefined) : (config.values ?? values)) ?? [],
    });
  }
  return query.call(this, config, values, ...rest);
};

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, request, response) {
  if (event !== 'request' || request.headers['x-capture'] === undefined) return emit.apply(this, arguments);
  const kept = { statements: [], connection: null };
  response.once('finish', () => setImmediate(() => process.send({ id: request.headers['x-capture'], ...kept })));
  return requests.run(kept, () => emit.apply(this, [event, request, response]));
};
