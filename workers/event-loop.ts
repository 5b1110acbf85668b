/** Lets a busy thread hear its messages. */

const AT_LEAST_EVERY_MS = 100;

/** One turn of the event loop; unlike a timer of 0 ms it is never slowed down. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Awaited again and again in the middle of long work: gives way to messages now and then. */
export function giveWay(): () => Promise<void> {
  let lastMs = performance.now();
  return async () => {
    if (performance.now() - lastMs < AT_LEAST_EVERY_MS) return;
    await nextTurn();
    lastMs = performance.now();
  };
}
