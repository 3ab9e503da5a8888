"""Commands beside `import`: what it remembers."""
