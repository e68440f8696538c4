// Stands before the chart library, which keeps the browser busy for some 0.7 s: the text and the picture of the chart come first, half a second at most.
await new Promise((done) => {
  const began = performance.now();
  (function look() {
    if (document.querySelector(".cap-paper img") || performance.now() - began > 500) setTimeout(done, 30);
    else setTimeout(look, 20);
  })();
});
