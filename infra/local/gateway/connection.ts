import type { Socket } from 'node:net';
import type { Problem } from '../../../functions/kernel/problem.ts';
import type { Exchange } from './exchange.ts';
import { lastAnswer, linger } from './faults.ts';
import type { GatewayLimits } from './limits.ts';

interface Fault {
  readonly problem: Problem;
  /** Of the connection, when it was found. */
  readonly bytesRead: number;
  answered: boolean;
}

/** One connection (连接): how many of its requests are in work, and what is wrong with it. */
export class Connection {
  private readonly socket: Socket;
  private readonly limits: GatewayLimits;
  private inWork = 0;
  private last: Exchange | undefined;
  private fault: Fault | undefined;
  private waiting = false;
  private watched = false;

  constructor(socket: Socket, limits: GatewayLimits) {
    this.socket = socket;
    this.limits = limits;
  }

  begin(exchange: Exchange): void {
    this.last = exchange;
    this.inWork += 1;
    if (this.inWork >= this.limits.pipelined) this.wait();
  }

  /** Reads no more for now; node:http resumes after every message that it has read, and is stopped again. */
  private wait(): void {
    this.waiting = true;
    this.socket.pause();
    if (this.watched) return;
    this.watched = true;
    this.socket.on('resume', () => {
      if (this.waiting) this.socket.pause();
    });
  }

  end(): void {
    this.inWork -= 1;
    if (this.waiting && this.inWork < this.limits.pipelined) {
      this.waiting = false;
      this.socket.resume();
    }
    if (this.inWork === 0 && this.fault && !this.fault.answered) this.refuse(this.fault);
  }

  /** Nothing more can be understood. What came whole before is answered first. */
  broken(problem: Problem): void {
    const { socket, last, fault } = this;
    if (!socket.writable) socket.destroy();
    else if (fault) {
      if (socket.bytesRead - fault.bytesRead > this.limits.lingerBytes) socket.destroy();
    } else {
      this.fault = { problem, bytesRead: socket.bytesRead, answered: false };
      if (last && !last.request.complete) {
        this.fault.answered = true;
        last.fail(problem);
      } else if (this.inWork === 0) this.refuse(this.fault);
    }
  }

  private refuse(fault: Fault): void {
    fault.answered = true;
    if (this.socket.writable) this.socket.write(lastAnswer(fault.problem));
    linger(this.socket, this.limits.lingerMs);
  }
}
