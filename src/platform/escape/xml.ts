/** Text without the control characters and lone surrogates that XML cannot hold. */
export const xmlText = (text: string): string =>
  text.replaceAll(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g,
    '\ufffd',
  );
