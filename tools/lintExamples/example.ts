/** Path below a folder of rules -> text; a file that is no UTF-8 as bytes. */
export type Files = { readonly [path: string]: string | Uint8Array };

/** A folder of rules that gives one code, and the same one mended. */
export interface Example {
  readonly bad: Files;
  /** Where the code is given: `file:line:column`. */
  readonly at: string;
  readonly good: Files;
}

/** When the examples are looked at: what ends, ends before or after that. */
export const lookedAt = '2026-01-15T00:00:00Z';

/** A rule named `example` in a file of that name. */
export const rule = (when: string, rest = '', steps = '  - evidence.capture'): Files => ({
  'example.yaml': `name: example\nwhen:\n${when.replace(/^/gm, '  ')}\ndo:\n${steps}\n${rest}`,
});

/** An exemption of that name, beside rules. */
export const exemption = (when: string, rest: string, beside: Files): Files => ({
  ...beside,
  'exemptions/example.yaml': `name: example\nwhen:\n${when.replace(/^/gm, '  ')}\n${rest}`,
});

export const scan = 'type: [ImageScan]\nresource: { kind: [image] }';
export const who = 'owner: platform team\nreason: It is rebuilt in January.\n';
