/** Milliseconds that the server's clock is before the desk's; what a desk's clock says is not to be relied on. */
let difference = 0;

/** Every answer tells the server's time, to the second begun: what is reckoned from it never lies ahead. */
export function heedTime(response: Response): Response {
  const told = Date.parse(response.headers.get('Date') ?? '');
  if (!Number.isNaN(told)) difference = told - Date.now();
  return response;
}

/** The present by the server's clock, as far as its last answer told. */
export function now(): Date {
  return new Date(Date.now() + difference);
}
