// What is sent to the server, one after the other, in the order it was decided; nothing is dropped unsaid.

const PATIENCE = { network: 3000, session: 3000, log: 15_000 }; // ms after which what is not saved is sent again

/** A task is {send, done, failed, what}: `send` returns a promise, and one of the others is called with its outcome. */
export class Queue {
  constructor({ changed, held, resumed }) {
    this.tasks = [];
    this.isHeld = false;
    this.told = { changed, held, resumed };
    this.isRunning = false;
    addEventListener("beforeunload", (event) => {
      if (this.tasks.some((task) => task.isDecision)) event.preventDefault();
    });
  }

  get waiting() {
    return this.tasks.filter((task) => task.isDecision).length;
  }

  add(task) {
    this.tasks.push(task);
    this.told.changed();
    this.run();
  }

  /** Returns the answer to `send`, made between what is being answered and all that waits. */
  between(send) {
    return new Promise((done, failed) => {
      this.tasks.splice(this.isRunning ? 1 : 0, 0, { send, done, failed });
      this.run();
    });
  }

  /** Returns the answer to `send`, a decision on `what`, made when all that was added before has been answered. */
  after(send, what = "") {
    return new Promise((done, failed) => this.add({ send, done, failed, what, isDecision: what !== "" }));
  }

  /** Tries again what no server answered. */
  retry() {
    clearTimeout(this.timer);
    this.isRetried = this.isHeld;
    this.isHeld = false;
    this.run();
  }

  async run() {
    if (this.isRunning || this.isHeld) return;
    this.isRunning = true;
    while (this.tasks.length && !this.isHeld) await this.sendFirst();
    this.isRunning = false;
  }

  async sendFirst() {
    const [task] = this.tasks;
    let answer;
    try {
      answer = await task.send();
    } catch (error) {
      if (task.isDecision && error.fault) return this.hold(error);
      this.tasks.shift();
      this.told.changed();
      return task.failed(error);
    }
    this.tasks.shift();
    this.told.changed();
    if (this.isRetried) this.told.resumed();
    this.isRetried = false;
    task.done(answer);
  }

  hold(error) {
    this.isHeld = true;
    const isOther = error.fault !== this.fault;
    this.fault = error.fault;
    if (!this.isRetried || isOther) this.told.held(error, this.tasks[0]);
    this.timer = setTimeout(() => this.retry(), PATIENCE[error.fault]);
  }
}
