interface Watched {
  /** To be read in the place of the original. */
  readonly value: unknown;
  readonly original: object;
  wasRead(within: object, key: string): boolean;
  /** A copy: texts as they are answered, and empty what nobody has looked into. Numbers, truth values and null stay. */
  kept(text: (text: string, key: string, within: object) => string): unknown;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A value of JSON that remembers what was read of it. */
export function watched(original: object): Watched {
  const reads = new Map<object, Set<PropertyKey>>();
  const proxies = new Map<object, object>();

  function watch(value: unknown): unknown {
    if (!isObject(value)) return value;
    const known = proxies.get(value);
    if (known !== undefined) return known;
    const proxy = new Proxy(value, {
      get: (target, key) => {
        const read = reads.get(target) ?? new Set();
        reads.set(target, read.add(key));
        return watch(Reflect.get(target, key));
      },
    });
    proxies.set(value, proxy);
    return proxy;
  }

  function copy(value: unknown, key: string, within: object, text: Parameters<Watched['kept']>[0]): unknown {
    if (typeof value === 'string') return text(value, key, within);
    if (!isObject(value)) return value;
    if (!reads.has(value)) return Array.isArray(value) ? [] : {};
    if (Array.isArray(value)) return value.map((member, at) => copy(member, String(at), value, text));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member, name, value, text)]));
  }

  return {
    value: watch(original),
    original,
    wasRead: (within, key) => reads.get(within)?.has(key) === true,
    kept: (text) => copy(original, '', original, text),
  };
}
