"""Links that lead out of the portal: gathered from the articles, asked one by one, politely."""
