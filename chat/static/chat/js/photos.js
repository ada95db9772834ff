/** How a page gets at a photo: the desk by its address, with the session; the widget shows its token instead. */

export const photos = {
  show(image, id) {
    image.src = `/desk/photos/${id}/`;
  },
};
