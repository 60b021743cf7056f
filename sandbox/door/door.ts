import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Account, AwsError, type RestRequest, type Service } from '../account.ts';
import { answerControl, isControl } from '../control/control.ts';
import { faultFor } from '../faults/faults.ts';
import { beginStale } from '../faults/stale.ts';
import { kernelOf } from '../kernel/kernel.ts';
import type { SandboxWorker } from '../kernel/worker.ts';
import { isLayer, layerAnswer } from '../services/ecr/layerUrl.ts';
import { answerOutside, isOutside } from '../services/outside/answer.ts';
import { defect } from './defect.ts';
import { listen } from './listen.ts';
import type { Answer } from './protocols/protocol.ts';
import { answerPublic } from './publicHosts.ts';
import { type Arrived, arrive, Unreceivable } from './receive.ts';
import { type Understood, understand } from './serve.ts';
import { createTransit, defaultLatency, type Latency } from './transit.ts';

export interface Door {
  readonly port: number;
  /** http://127.0.0.1:PORT */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface DoorOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly latency?: Latency;
}

/**
 * Opens the one endpoint that serves every service of the account, on 127.0.0.1 only. Sets `account.endpoint`, and closes
 * with the account. Throws one clear sentence when the port is taken.
 *
 * Requests from workers take virtual time and are let through one by one; those from outside are served at once, and may drive
 * the account.
 */
export async function openDoor(
  account: Account,
  services: readonly Service[],
  options: DoorOptions = {},
): Promise<Door> {
  const kernel = kernelOf(account);
  const { clock } = kernel;
  const byName = new Map(services.map((service) => [service.name, service]));
  const transit = createTransit(clock, kernel.seed, options.latency ?? defaultLatency);
  const workerOf = new WeakMap<Duplex, SandboxWorker>();

  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  server.on('request', (message, response) => void take(message, response));

  async function take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const worker = workerOf.get(message.socket);
    if (worker) {
      // The clock stands still until all of it is here.
      await clock.run(`request of ${worker.name}`, async () => {
        const arrived = await received(message, response, true);
        if (arrived)
          transit.hold(
            worker,
            arrived.number,
            () => void clock.run(label(arrived), () => fromWorker(worker, arrived, response)),
          );
      });
      return;
    }
    const arrived = await received(message, response);
    if (arrived) await clock.run(label(arrived), () => fromOutside(arrived, response), true);
  }

  /** The whole request; undefined when there is none to answer any more. */
  async function received(
    message: IncomingMessage,
    response: ServerResponse,
    isOurs = false,
  ): Promise<Arrived | undefined> {
    try {
      return await arrive(message, isOurs);
    } catch (error) {
      if (!(error instanceof Unreceivable)) throw error;
      write(response, unreceived(error));
      message.resume();
      return undefined;
    }
  }

  function fromOutside(arrived: Arrived, response: ServerResponse): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    // Busy until the last byte has been handed over, so that the client hears of it before time moves on.
    response.once('close', resolve);
    void answered(() => forOutside(arrived)).then((ready) => write(response, ready === 'none' ? undefined : ready));
    return promise;
  }

  function forOutside({ request, sent }: Arrived): Promise<Answer | 'none' | undefined> {
    // Before the control endpoint, which is not to be reached under a name that any page may send to.
    if (sent) return answerPublic(account, sent);
    if (isControl(request)) return answerControl(account, request);
    if (isLayer(request)) return Promise.resolve(layerAnswer(account, request));
    return outcome(understand(account, byName, request), undefined);
  }

  async function fromWorker(worker: SandboxWorker, arrived: Arrived, response: ServerResponse): Promise<void> {
    const { request } = arrived;
    const answer = await answered(() =>
      isOutside(request.headers['host'] ?? '') || isLayer(request)
        ? fromElsewhere(request)
        : outcome(understand(account, byName, request), worker),
    );
    if (answer !== 'none' && !worker.ended()) write(response, answer);
  }

  /** What a host outside AWS answers, undefined when it is down; or the place of a layer, to which nobody signs. */
  async function fromElsewhere(request: RestRequest): Promise<Answer | undefined> {
    if (isLayer(request)) return layerAnswer(account, request);
    const { answer, lateMs } = answerOutside(account, request);
    if (lateMs > 0) await clock.sleep(lateMs);
    return answer;
  }

  /** The answer to a request; undefined when a fault broke the connection or killed the worker, none when one keeps it waiting. */
  async function outcome(
    understood: Understood,
    worker: SandboxWorker | undefined,
  ): Promise<Answer | 'none' | undefined> {
    const running = worker?.running();
    if (running) running.requests += 1;
    const fault = faultFor(account, {
      service: understood.service,
      operation: understood.operation,
      functionName: worker?.name,
      target: understood.target(),
      nth: running?.requests ?? 0,
      invocation: running?.nth ?? 0,
    });
    const requestId = account.random.uuid();
    if (fault instanceof AwsError) return understood.refuse(requestId, fault);
    if (fault === 'denied') return understood.deny(requestId);
    if (fault === 'lost-before') return undefined;
    if (fault === 'crash-before' && worker) return crash(worker);
    if (fault === 'hang' && worker) return 'none';
    if (typeof fault === 'object' && fault.kind === 'stale') beginStale(account, understood.service, fault.ms);
    const answer = await understood.answer(requestId);
    if (fault === 'crash-after' && worker) return crash(worker);
    if (fault === 'lost-after') return undefined;
    if (typeof fault === 'object' && fault.kind === 'slow') await clock.sleep(fault.ms);
    return { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId } };
  }

  function crash(worker: SandboxWorker): undefined {
    const errorMessage = `RequestId: ${worker.running()?.requestId} Error: Runtime exited with error: signal: killed`;
    worker.end({ ok: false, errorType: 'Runtime.ExitError', errorMessage, trace: [] });
  }

  function write(response: ServerResponse, answer: Answer | undefined): void {
    if (!answer) {
      response.destroy();
      return;
    }
    response.sendDate = false;
    response.writeHead(answer.status, {
      'content-length': String(Buffer.byteLength(answer.body)),
      // Clients learn their clock's skew from this header: it must be the virtual time.
      date: new Date(clock.now()).toUTCString(),
      ...answer.headers,
      ...(answer.cookies === undefined ? {} : { 'set-cookie': [...answer.cookies] }),
    });
    response.end(answer.body);
  }

  /** Whoever connects by it is that worker. */
  function connected(worker: SandboxWorker, connection: Duplex): void {
    workerOf.set(connection, worker);
    server.emit('connection', connection);
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  const port = await listen(server, options.port ?? 0);
  const endpoint = `http://127.0.0.1:${port}`;
  account.endpoint = endpoint;
  kernel.pool.connectTo(port, connected);
  kernel.closers.push(close);
  return { port, endpoint, close };
}

/** What a defect of the sandbox comes to: no client can end it by what it sends. */
async function answered<T>(ask: () => Promise<T>): Promise<T | Answer> {
  try {
    return await ask();
  } catch (error) {
    return inJson(500, defect(error));
  }
}

const unreceived = ({ status, message }: Unreceivable): Answer => inJson(status, message);

const inJson = (status: number, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify({ message })}\n`,
});

function label({ request, number }: Arrived): string {
  const target = request.headers['x-amz-target'] ?? `${request.method} ${request.path}`;
  return number > 0 ? `request ${number} of a worker: ${target}` : `request ${target}`;
}
