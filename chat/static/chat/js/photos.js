/** How a page gets at a photo: the desk by its address, with the session; the widget shows its token instead. */

export const photos = {
  show(image, id) {
    // A photo that is gone leaves its words.
    image.addEventListener("error", () => image.remove(), { once: true });
    image.src = `/desk/photos/${id}/`;
  },
};
