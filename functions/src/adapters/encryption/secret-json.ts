/** Parses a secret; nothing when it is no JSON, for the parser's own message would quote it. */
export const parseSecret = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
