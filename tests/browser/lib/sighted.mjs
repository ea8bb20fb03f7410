// What is really seen at places of the screen.

/** The colours at places of the screen, in CSS pixels, by a picture of it. */
export async function colours(page, places) {
  const shot = (await page.screenshot()).toString('base64');
  return page.evaluate(async ([shot, places]) => {
    const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const dense = picture.width / window.innerWidth;
    return places.map(([x, y]) => [...context.getImageData(Math.round(x * dense), Math.round(y * dense), 1, 1).data].slice(0, 3));
  }, [shot, places]);
}
