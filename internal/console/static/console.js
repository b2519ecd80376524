// Moves through the film of a session with j and k, or the arrow keys, as through a list.
const steps = [...document.querySelectorAll(".step")];

document.addEventListener("keydown", (event) => {
  const move = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 }[event.key];
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (!move || typing || event.ctrlKey || event.metaKey || event.altKey || steps.length === 0) return;
  const at = steps.indexOf(document.activeElement?.closest(".step"));
  const next = steps[Math.min(Math.max(at + move, 0), steps.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "center" });
  event.preventDefault();
});
