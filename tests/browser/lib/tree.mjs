// What a screen reader is given: the browser's own accessibility tree.

/** Every node that is not ignored: its role, name, description, value, and whether it speaks up by itself. */
export async function tree(device) {
  const { nodes } = await device.device.send('Accessibility.getFullAXTree');
  const said = (node, name) => node.properties?.find((property) => property.name === name)?.value.value;
  return nodes
    .filter((node) => !node.ignored)
    .map((node) => ({
      role: node.role?.value ?? '',
      name: node.name?.value ?? '',
      description: node.description?.value ?? '',
      checked: said(node, 'checked'),
      live: said(node, 'live'),
    }));
}
