import { Duplex } from 'node:stream';

/** What goes between a worker's sockets and the front door, either way, in order. */
export type WireMessage =
  | { readonly type: 'open' | 'end' | 'close'; readonly wire: number }
  | { readonly type: 'data'; readonly wire: number; readonly bytes: Uint8Array };

/** A worker's connections to the front door. */
export interface Wires {
  receive(message: WireMessage): void;
  /** The worker is gone, and with it all of them. */
  close(): void;
}

/**
 * Connections that are carried by a worker's messages instead of the machine's network: in order with all else that it says, so that a
 * worker that has come to rest has nothing on its way, and whoever is at the other end is known.
 */
export function createWires(post: (message: WireMessage) => void, connected: (connection: Duplex) => void): Wires {
  const open = new Map<number, Duplex>();

  function connection(wire: number): Duplex {
    return new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        post({ type: 'data', wire, bytes: chunk });
        done();
      },
      writev(pieces, done) {
        post({ type: 'data', wire, bytes: Buffer.concat(pieces.map(({ chunk }) => chunk)) });
        done();
      },
      final(done) {
        post({ type: 'end', wire });
        done();
      },
      destroy(error, done) {
        if (open.delete(wire)) post({ type: 'close', wire });
        done(error);
      },
    });
  }

  return {
    receive(message) {
      const { type, wire } = message;
      if (type === 'open') {
        const made = connection(wire);
        open.set(wire, made);
        connected(made);
        return;
      }
      const at = open.get(wire);
      if (type === 'data') at?.push(Buffer.from(message.bytes));
      else if (type === 'end') at?.push(null);
      else {
        open.delete(wire);
        at?.destroy();
      }
    },
    close() {
      const all = [...open.values()];
      open.clear();
      for (const each of all) each.destroy();
    },
  };
}
