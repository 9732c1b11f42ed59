/** What the server's clock said last, and when that was heard: what a desk's clock says is not to be relied on. */
let told = Date.now();
let heardAt = performance.now();

/** Every answer tells the server's time, to the second begun: what is reckoned from it never lies ahead. */
export function heedTime(response: Response): Response {
  const time = Date.parse(response.headers.get('Date') ?? '');
  if (!Number.isNaN(time)) [told, heardAt] = [time, performance.now()];
  return response;
}

/** The present by the server's clock, as far as its last answer told. */
export function now(): Date {
  return new Date(told + performance.now() - heardAt);
}
