// Pictures that are fetched when they come near the screen.

const NEAR = '200px'; // start loading this far ahead of the viewport

const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    target.addEventListener('load', () => target.classList.add('loaded'), { once: true });
    target.src = target.dataset.src;
  }
}, { rootMargin: NEAR });

export function watchPictures(root = document) {
  for (const image of root.querySelectorAll('img[data-src]:not([src])')) observer.observe(image);
}
