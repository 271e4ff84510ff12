"""Stage 5: who is told, by which channel, whether it reached them; what nobody answers climbs one step."""
