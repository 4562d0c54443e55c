// What is asked of the server, and how it refuses.

import { told } from "./words.js";

let reviewer = "";

export const nameReviewer = (name) => {
  reviewer = name;
};

/** A request that came to nothing: `status` is 0 where no server answered. */
export class Refused extends Error {
  constructor(status, answer = {}) {
    super(answer.message || (status ? `${status}` : told("failed.network")));
    this.status = status;
    this.code = answer.error ?? "";
    this.answer = answer;
  }

  get isUnreached() {
    return this.status === 0 || this.status >= 502;
  }

  /** What keeps all decisions from being saved: "network", "session" or "log", or "" where only this one is refused. */
  get fault() {
    if (this.isOutOfSession) return "session";
    if (this.code === "review.log") return "log";
    return this.isUnreached ? "network" : "";
  }

  get isOutOfSession() {
    return this.status === 401 || this.status === 403;
  }
}

export const get = (path, parameters) => ask(parameters ? `${path}?${parameters}` : path, {}, reviewer);

export const post = (path, body, as = reviewer) =>
  ask(
    path,
    {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Baocao": "1" },
      body: JSON.stringify(body ?? {}),
    },
    as,
  );

async function ask(path, options, as) {
  const headers = { ...options.headers, "X-Reviewer": encodeURIComponent(as) };
  let response;
  try {
    response = await fetch(path, { ...options, headers, credentials: "same-origin" });
  } catch {
    throw new Refused(0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
