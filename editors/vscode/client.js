// The protocol: a child process, framed messages, requests that are answered.
'use strict';

const childProcess = require('child_process');

class Client {
  /**
   * @param {string} command
   * @param {(method: string, params: any) => any} receive what the server tells or asks
   * @param {(text: string) => void} ended
   */
  constructor(command, receive, ended) {
    this.receive = receive;
    this.waiting = new Map();
    this.number = 0;
    this.buffer = Buffer.alloc(0);
    this.isOpen = true;
    this.process = childProcess.spawn(command, ['lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.process.stdout.on('data', (data) => this.take(data));
    this.process.stdin.on('error', () => {});
    this.process.stderr.on('data', () => {});
    const end = (text) => {
      if (!this.isOpen) return;
      this.isOpen = false;
      for (const { reject } of this.waiting.values()) reject(new Error(text));
      this.waiting.clear();
      ended(text);
    };
    this.process.on('error', (error) => end(String(error.message)));
    this.process.on('exit', (code) => end(`the language server ended with ${code}`));
  }

  write(message) {
    if (!this.isOpen) return;
    const content = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }), 'utf8');
    this.process.stdin.write(`Content-Length: ${content.length}\r\n\r\n`);
    this.process.stdin.write(content);
  }

  notify(method, params) {
    this.write({ method, params });
  }

  /** @returns a promise of the result, rejected with what the server says instead. */
  request(method, params, token) {
    const id = ++this.number;
    return new Promise((resolve, reject) => {
      if (!this.isOpen) return reject(new Error('the language server is not running'));
      this.waiting.set(id, { resolve, reject });
      if (token) token.onCancellationRequested(() => this.notify('$/cancelRequest', { id }));
      this.write({ id, method, params });
    });
  }

  take(data) {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.buffer.toString('ascii', 0, end))?.[1]);
      const start = end + 4;
      if (!(this.buffer.length >= start + length)) return;
      const message = JSON.parse(this.buffer.toString('utf8', start, start + length));
      this.buffer = this.buffer.subarray(start + length);
      this.handle(message);
    }
  }

  handle(message) {
    if (message.method !== undefined) {
      const result = this.receive(message.method, message.params);
      if (message.id !== undefined) this.write({ id: message.id, result: result ?? null });
      return;
    }
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    this.waiting.delete(message.id);
    if (message.error) waiting.reject(new Error(message.error.message));
    else waiting.resolve(message.result);
  }

  async stop() {
    if (!this.isOpen) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    try {
      await this.request('shutdown', null);
    } catch {
      // It is gone already.
    }
    this.write({ method: 'exit' });
    // What ends now was meant to.
    this.isOpen = false;
    this.process.stdin.end();
    const timer = setTimeout(() => this.process.kill(), 2000);
    await ended;
    clearTimeout(timer);
  }
}

module.exports = { Client };
