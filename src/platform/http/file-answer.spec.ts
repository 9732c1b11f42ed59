import { dispositionOf } from './file-answer';

describe('the name of a file for saving', () => {
  it('travels in a header that only holds ASCII', () => {
    const header = dispositionOf("李'家(六).pdf");
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe("李'家(六).pdf");
    expect(header.split("UTF-8''")[1]).not.toMatch(/['()]/);
  });
});
